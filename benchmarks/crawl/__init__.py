"""Speed, memory and thrift of fetching, on a loopback site of our own."""
