package dev.slipway.deployments.service.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.Ids;
import dev.slipway.deployments.store.ActionRow;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.deployments.store.instance.InstanceRow;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What actions consist of. */
class ActionPlanTest {
  final UUID tenant = Ids.next();
  final UUID run = Ids.next();
  final UUID server = Ids.next();

  static List<String> shown(List<StepRow> steps) {
    return steps.stream()
        .map(step -> step.kind() + (step.target() == null ? "" : " " + step.target()))
        .toList();
  }

  InstanceRow instance(String name, int replica) {
    return new InstanceRow(
        Ids.next(),
        tenant,
        Ids.next(),
        null,
        Ids.next(),
        server,
        name,
        replica,
        false,
        null,
        0,
        null,
        "web");
  }

  @Test
  void actionsOnTwoInstances() {
    var two = List.of(instance("a", 0), instance("b", 1));
    assertThat(shown(ActionPlan.of(ActionRow.Kind.RESTART, tenant, run, two, List.of())))
        .containsExactly("RESTART a", "RESTART b", "HEALTH a", "HEALTH b", "ROUTE a");
    assertThat(shown(ActionPlan.of(ActionRow.Kind.START, tenant, run, two, List.of())))
        .containsExactly("START a", "START b", "HEALTH a", "HEALTH b", "ROUTE a");
    assertThat(shown(ActionPlan.of(ActionRow.Kind.STOP, tenant, run, two, List.of())))
        .containsExactly("STOP a", "STOP b", "LOOK a", "LOOK b");
    assertThatThrownBy(() -> ActionPlan.of(ActionRow.Kind.TEARDOWN, tenant, run, two, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void actionsOnTheServicesOfAComposeFile() {
    var one = List.of(instance("a", 0));
    var services = List.of("shop");
    assertThat(shown(ActionPlan.of(ActionRow.Kind.RESTART, tenant, run, one, services)))
        .containsExactly("SERVICES_RESTART shop", "RESTART a", "HEALTH a", "ROUTE a");
    assertThat(shown(ActionPlan.of(ActionRow.Kind.START, tenant, run, one, services)))
        .containsExactly("SERVICES_START shop", "START a", "HEALTH a", "ROUTE a");
    assertThat(shown(ActionPlan.of(ActionRow.Kind.STOP, tenant, run, one, services)))
        .containsExactly("STOP a", "SERVICES_STOP shop", "LOOK a");
  }

  @ParameterizedTest
  @EnumSource(
      value = ActionRow.Kind.class,
      names = {"TEARDOWN", "RETURN"},
      mode = EnumSource.Mode.EXCLUDE)
  void everyStepOfAnActionHasAPlaceInItsOperation(ActionRow.Kind kind) {
    var both = List.of(instance("a", 0), instance("b", 1));
    var steps = ActionPlan.of(kind, tenant, run, both, List.of("shop"));
    var ended =
        steps.stream()
            .filter(step -> ActionPlan.endsNumber(step, steps))
            .map(step -> ActionPlan.number(step.kind()))
            .toList();
    assertThat(ended)
        .isEqualTo(java.util.stream.IntStream.rangeClosed(1, ended.size()).boxed().toList());
    assertThat(ActionPlan.steps(kind)).hasSize(ended.size());
    assertThat(ActionPlan.operation(kind)).isEqualTo("app." + kind.name().toLowerCase());
  }
}
