package io.tercet.files.quota;

/// What an account holds: `bytes` of all versions that are kept, and files and folders.
public record Usage(long bytes, long items) {
  static final Usage NONE = new Usage(0, 0);
}
