"""Downloader middlewares: each gives one way of going wrong its name, and keeps to what a site asks for."""
