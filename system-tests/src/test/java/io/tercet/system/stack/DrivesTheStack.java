package io.tercet.system.stack;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/// A test of the running product. It may take a [Stack] as a parameter.
///
/// Further tags say what else it needs: [NeedsTools].
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("stack")
@NeedsTools
@ExtendWith(SharedStack.class)
public @interface DrivesTheStack {}
