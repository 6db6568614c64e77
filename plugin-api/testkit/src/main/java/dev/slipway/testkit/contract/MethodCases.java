package dev.slipway.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;

/** Methods that a path does not serve. */
final class MethodCases {
  private final Calls calls;
  private final Set<String> served;

  MethodCases(Calls calls, Set<String> served) {
    this.calls = calls;
    this.served = served;
  }

  void add(Cases cases) {
    var path = calls.operation().path();
    cases.add(path, this::others);
  }

  private void others() {
    var allowed = new java.util.HashSet<>(served);
    allowed.addAll(Set.of("HEAD", "OPTIONS"));
    for (var verb : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
      if (!served.contains(verb)) {
        var answer =
            calls.refused(405, calls.call(calls.allowed(), verb, calls.unknown(), null, null));
        assertThat(answer.header("Allow").orElse("").split(", *")).isNotEmpty().isSubsetOf(allowed);
      }
    }
  }
}
