package io.tercet.chat.frame;

import tools.jackson.databind.json.JsonMapper;

/// Makes a frame writer for tests of other packages.
public final class TestFrames {

  private TestFrames() {}

  public static FrameWriter writer() {
    return new FrameWriter(JsonMapper.builder().build());
  }
}
