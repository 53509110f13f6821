"""What offices handed in: records, receipts, uploads, and the headers they confirmed."""
