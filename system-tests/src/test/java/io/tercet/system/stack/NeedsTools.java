package io.tercet.system.stack;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// A test that needs more than Java and what was built; its tags say what: `browser` (Chromium),
/// `lftp`, `rclone`, `process` (the right to kill).
///
/// What the machine lacks is left out and named; with `TERCET_TEST_ALL` it fails.
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Needs.class)
public @interface NeedsTools {}
