package io.tercet.files.upload;

import io.tercet.files.catalog.FilePath;
import io.tercet.files.catalog.Preconditions;
import io.tercet.files.catalog.Space;

/// Where a file shall be, and what must hold there for that.
public record UploadTarget(Space space, FilePath path, Preconditions preconditions) {}
