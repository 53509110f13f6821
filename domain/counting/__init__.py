"""What is counted of leads and of the installation: boards, reports, risk points, the runs of stages."""
