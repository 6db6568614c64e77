package dev.slipway.apps.service.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.apps.App;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.RotationRule;
import dev.slipway.apps.Stage;
import dev.slipway.apps.TemplateVariable.Generator;
import dev.slipway.apps.VariableVersion;
import dev.slipway.apps.service.variable.EnvVarDraft;
import dev.slipway.testkit.TestPlatform;
import dev.slipway.testkit.contract.JobContract;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RotationJobIT {
  static final String FIRST = "hunter1-hunter1-hunter1";
  static AppsPlatform feature;

  final UUID tenant = Ids.next();
  final Caller caller = TestPlatform.caller(tenant, Role.USER);
  App app;

  @BeforeAll
  static void start() {
    feature = new AppsPlatform();
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @BeforeEach
  void anApp() {
    app = feature.app(caller, "app");
  }

  @TestFactory
  Stream<DynamicNode> contract() {
    return JobContract.tests(feature.rotationJob);
  }

  EnvVar secret(Generator generator) {
    var draft = new EnvVarDraft("PASSWORD", FIRST, true, List.of(), null, List.of());
    var made = feature.variables.create(caller, app.id(), draft);
    feature.rotations.put(caller, made.id(), new RotationDraft(generator, null, 30, null, false));
    return made;
  }

  static void due(EnvVar variable) {
    feature.owner(
        "update apps_secret_rotation set due_at = now() - interval '1 day' where id = '"
            + variable.id()
            + "'");
  }

  List<VariableVersion> versions(EnvVar variable) {
    return feature.versions.list(caller, variable.id());
  }

  RotationRule rule(EnvVar variable) {
    return feature.rotations.get(caller, variable.id()).rule();
  }

  String clear() {
    return feature
        .published
        .environment(Scope.of(caller), app.id(), Stage.PRODUCTION)
        .values()
        .get("PASSWORD");
  }

  @Test
  void whatIsDueGetsANewValueAndANewEnd() {
    var variable = secret(Generator.PASSWORD);
    feature.rotationJob.run();
    assertThat(versions(variable)).as("nothing is due yet").hasSize(1);
    due(variable);
    assertThat(rule(variable).status(Times.now())).isEqualTo(RotationRule.Status.OVERDUE);
    feature.rotationJob.run();
    assertThat(versions(variable)).hasSize(2);
    assertThat(versions(variable).getFirst().origin()).isEqualTo(VariableVersion.Origin.ROTATED);
    assertThat(clear()).isNotEqualTo(FIRST).matches("\\w{32}");
    assertThat(rule(variable).dueAt()).isAfter(Times.now().plus(Duration.ofDays(29)));
    feature.rotationJob.run();
    assertThat(versions(variable)).hasSize(2);
    assertThat(feature.types(caller, app.id()))
        .endsWith("apps.env_var.set", "apps.env_var.rotated");
  }

  /** As when a node takes over the run of one that is thought dead. */
  @Test
  void runsAtTheSameTimeRotateOnce() throws Exception {
    var variable = secret(Generator.HEX32);
    due(variable);
    var together = new CyclicBarrier(4);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var runs =
          IntStream.range(0, 4)
              .mapToObj(
                  n ->
                      threads.submit(
                          () -> {
                            together.await();
                            feature.rotationJob.run();
                            return n;
                          }))
              .toList();
      for (var run : runs) {
        run.get();
      }
    }
    assertThat(versions(variable)).hasSize(2);
    assertThat(feature.types(caller, app.id())).containsOnlyOnce("apps.env_var.rotated");
  }

  @Test
  void aValueThatSomebodyMustGiveIsAskedForOnce() {
    var variable = secret(Generator.NONE);
    due(variable);
    feature.rotationJob.run();
    feature.rotationJob.run();
    assertThat(versions(variable)).hasSize(1);
    assertThat(clear()).isEqualTo(FIRST);
    assertThat(feature.types(caller, variable.id()))
        .containsExactly("apps.rotation.set", "apps.rotation.due");
    feature.rotations.rotate(caller, variable.id(), "given-by-somebody");
    due(variable);
    feature.rotationJob.run();
    assertThat(feature.types(caller, variable.id()))
        .as("for the next end it is asked again")
        .endsWith("apps.rotation.due", "apps.rotation.due");
  }

  @Test
  void oneThatCanNotBeRotatedHoldsUpNoOther() {
    var stuck = secret(Generator.HEX32);
    due(stuck);
    var other = feature.app(caller, "other");
    var draft = new EnvVarDraft("PASSWORD", FIRST, true, List.of(), null, List.of());
    var free = feature.variables.create(caller, other.id(), draft);
    feature.rotations.put(
        caller, free.id(), new RotationDraft(Generator.HEX32, null, 30, null, false));
    due(free);
    feature.owner(
        "update apps_app set status = 'deleting', deletion_id = gen_random_uuid() where id = '"
            + app.id()
            + "'");
    feature.rotationJob.run();
    assertThat(versions(free)).hasSize(2);
    assertThat(versions(stuck)).hasSize(1);
  }
}
