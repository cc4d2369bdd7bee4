package io.tercet.files.upload;

import io.tercet.files.catalog.FilePath;
import io.tercet.files.catalog.Preconditions;
import io.tercet.files.catalog.Space;

/// Where a file will be stored, and the conditions for it.
public record UploadTarget(Space space, FilePath path, Preconditions preconditions) {}
