package io.tercet.http.handle;

/// What the raw path of a request decodes to.
sealed interface DecodedPath permits TargetPath, DecodedPath.Rejected {

  /// A path that can name nothing beneath a root.
  record Rejected(FileProblem problem) implements DecodedPath {}
}
