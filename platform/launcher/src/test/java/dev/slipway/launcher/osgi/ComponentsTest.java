package dev.slipway.launcher.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComponentsTest {

  @Test
  void innermostCauseIsTheReason() {
    var trace =
        """
        java.lang.reflect.InvocationTargetException
        \tat a.B.c(B.java:1)
        Caused by: java.lang.IllegalStateException: outer
        \t... 3 more
        Caused by: java.io.IOException: no such table
        \t... 5 more
        """;
    assertThat(Components.rootCause(trace)).isEqualTo("java.io.IOException: no such table");
  }

  @Test
  void traceWithoutCauseIsItsFirstLine() {
    assertThat(Components.rootCause("a.B: wrong\n\tat c")).isEqualTo("a.B: wrong");
    assertThat(Components.rootCause("")).isEqualTo("no reason told");
  }
}
