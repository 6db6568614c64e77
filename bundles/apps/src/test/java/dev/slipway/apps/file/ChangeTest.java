package dev.slipway.apps.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.apps.file.Change.Action;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangeTest {
  @Test
  void eachMemberThatDiffersIsOneChange() {
    var before = Map.of("run", Map.of("port", 1, "replicas", 2, "start", "a"));
    var after = Map.of("run", Map.of("port", 1, "replicas", 3, "path", "/"), "limits", Map.of());
    assertThat(Change.between(before, after))
        .containsExactlyInAnyOrder(
            new Change(Action.CHANGE, "run.replicas", 2, 3),
            new Change(Action.REMOVE, "run.start", "a", null),
            new Change(Action.ADD, "run.path", null, "/"),
            new Change(Action.ADD, "limits", null, Map.of()));
    assertThat(Change.between(after, after)).isEmpty();
  }

  @Test
  void aListAndAVariableChangeAsAWhole() {
    var before = Map.of("variables", Map.of("A", "x"), "paths", List.of("a"));
    var after = Map.of("variables", Map.of("A", Map.of("is_secret", true)), "paths", List.of("b"));
    assertThat(Change.between(before, after))
        .containsExactlyInAnyOrder(
            new Change(Action.CHANGE, "variables.A", "x", Map.of("is_secret", true)),
            new Change(Action.CHANGE, "paths", List.of("a"), List.of("b")));
  }

  @Test
  void valuesOfVariablesAreKnown() {
    assertThat(new Change(Action.ADD, "variables.A", null, "x").showsVariables()).isTrue();
    assertThat(new Change(Action.ADD, "environments.s.variables.A", null, "x").showsVariables())
        .isTrue();
    var environment = Map.of("name", "s", "variables", Map.of("A", "x"));
    assertThat(new Change(Action.ADD, "environments.s", null, environment).showsVariables())
        .isTrue();
    assertThat(new Change(Action.ADD, "environments.s.branch", null, "x").showsVariables())
        .isFalse();
  }
}
