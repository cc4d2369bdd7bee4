package io.tercet.http.handle;

/// What the raw path of a request comes to.
sealed interface DecodedPath permits TargetPath, DecodedPath.Refused {

  /// It can name nothing beneath a root.
  record Refused(FileProblem why) implements DecodedPath {}
}
