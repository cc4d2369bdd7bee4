package io.tercet.system.stack;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/// A test of the running product. It may take a [Stack] as a parameter.
///
/// Further tags say what else it needs: `browser` (Chromium), `lftp`, `process` (the right to kill).
/// What the machine lacks is left out and named; with `TERCET_TEST_ALL` it fails.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("stack")
@ExtendWith({Needs.class, SharedStack.class})
public @interface DrivesTheStack {}
