package io.tercet.chat.people.picture;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;

/// Why a file does not become a picture.
final class PictureProblems {

  private PictureProblems() {}

  static ProblemException unsupported(String detail) {
    return new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail);
  }

  static ProblemException broken() {
    return new ProblemException(ProblemType.INVALID_PICTURE, "The file is broken or incomplete.");
  }

  static ProblemException tooLarge(String detail) {
    return new ProblemException(ProblemType.TOO_LARGE, detail);
  }
}
