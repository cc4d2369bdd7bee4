package io.tercet.system.stack;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Hands every test the one stack of this run; the first that asks starts it, the run's end stops
/// it.
final class SharedStack implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(SharedStack.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Stack.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Start.class, _ -> Start.attempt(), Start.class)
        .stack();
  }

  /// The one start of this run: a stack, or the reason that all its tests fail with. Closed at the
  /// run's end by the store that keeps it.
  private record Start(@Nullable StackUnderTest opened, @Nullable RuntimeException failure)
      implements AutoCloseable {

    static Start attempt() {
      try {
        return new Start(StackUnderTest.open(), null);
      } catch (RuntimeException failure) {
        return new Start(null, failure);
      }
    }

    Stack stack() {
      if (opened == null) {
        throw new IllegalStateException("The stack under test did not start.", failure);
      }
      return opened.stack();
    }

    @Override
    public void close() {
      if (opened != null) {
        opened.close();
      }
    }
  }
}
