package dev.slipway.apps.service.variable;

import static dev.slipway.apps.AppsPlatform.refusal;
import static dev.slipway.apps.AppsPlatform.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import dev.slipway.api.Patch;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.apps.App;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.Stage;
import dev.slipway.testkit.TestPlatform;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EnvVarServiceIT {
  static final IfMatch ANY = new IfMatch(null);
  static final String SECRET = "hunter2-hunter2-hunter2";
  static AppsPlatform feature;

  final UUID tenant = Ids.next();
  final Caller caller = TestPlatform.caller(tenant, Role.USER);
  final Caller stranger = TestPlatform.caller(Ids.next(), Role.OWNER);
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

  EnvVar add(String key, String value, boolean secret, Stage... stages) {
    return feature.variables.create(
        caller, app.id(), new EnvVarDraft(key, value, secret, List.of(stages), "why", List.of()));
  }

  EnvVar edit(EnvVar variable, EnvVarPatch change) {
    return feature.variables.update(caller, app.id(), variable.id(), ANY, change);
  }

  static EnvVarPatch value(String value) {
    return new EnvVarPatch(
        Patch.of(value), Patch.absent(), Patch.absent(), Patch.absent(), Patch.absent());
  }

  static EnvVarPatch secret(Boolean secret) {
    return new EnvVarPatch(
        Patch.absent(), Patch.of(secret), Patch.absent(), Patch.absent(), Patch.absent());
  }

  String clear(String key) {
    return feature
        .published
        .environment(Scope.of(caller), app.id(), Stage.PRODUCTION)
        .values()
        .get(key);
  }

  @Test
  void aPlainValueIsKeptAsItIsAndASecretOneSealed() {
    var plain = add("PLAIN", "visible", false, Stage.STAGING, Stage.PREVIEW);
    var secret = add("SECRET", SECRET, true);
    assertThat(plain.value()).isEqualTo("visible");
    assertThat(plain.stageBindings()).containsExactly("preview", "staging");
    assertThat(secret.value()).doesNotContain(SECRET);
    assertThat(clear("SECRET")).isEqualTo(SECRET);
    assertThat(feature.variables.list(caller, app.id()))
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(plain, secret);
  }

  @Test
  void aSealedValueOpensInItsOwnRowOnly() {
    var one = add("ONE", SECRET, true);
    var two = add("TWO", "another secret", true);
    assertThat(
            refusal(
                () -> feature.platform.secrets().open(tenant, EnvVar.place(two.id()), one.value())))
        .isEqualTo(CommonError.INTERNAL);
  }

  @Test
  void eventsCarryNoValue() {
    var variable = add("SECRET", SECRET, true);
    edit(variable, value("hunter3-hunter3"));
    add("PLAIN", "visible", false);
    feature.variables.delete(caller, app.id(), variable.id(), ANY);
    var said = feature.said(caller, app.id());
    assertThat(said.toString())
        .contains("SECRET", "PLAIN")
        .doesNotContain("hunter", "visible", variable.value());
    assertThat(feature.types(caller, app.id()))
        .containsExactly(
            "apps.app.created",
            "apps.env_var.set",
            "apps.env_var.set",
            "apps.env_var.set",
            "apps.env_var.removed");
  }

  @Test
  void aKeyIsThereOnce() {
    add("A", "1", false);
    var refusal = refused(() -> add("A", "2", false, Stage.PREVIEW));
    assertThat(refusal.code()).isEqualTo(AppsError.KEY_EXISTS);
    assertThat(refusal.fields()).extracting("field").containsExactly("key");
    assertThat(add("a", "3", false).key()).isEqualTo("a");
    var other = feature.app(caller, "other");
    feature.variables.create(
        caller, other.id(), new EnvVarDraft("A", "4", false, List.of(), null, List.of()));
  }

  @Test
  void thePlatformsOwnVariableIsNotTheirs() {
    assertThat(refused(() -> add("PORT", "80", false)).fields())
        .extracting("field")
        .containsExactly("key");
  }

  @Test
  void editsWhatIsSentAndNothingElse() {
    var made = add("A", "1", false, Stage.PREVIEW);
    var edited = edit(made, value("2"));
    assertThat(edited.value()).isEqualTo("2");
    assertThat(edited.version()).isEqualTo(2);
    assertThat(edited.stageBindings()).containsExactly("preview");
    assertThat(edited.description()).isEqualTo("why");
    var open =
        edit(
            made,
            new EnvVarPatch(
                Patch.absent(),
                Patch.absent(),
                Patch.of(List.of()),
                Patch.of(null),
                Patch.absent()));
    assertThat(open.value()).isEqualTo("2");
    assertThat(open.stageBindings()).isEmpty();
    assertThat(open.description()).isNull();
  }

  @Test
  void anEditOfASecretKeepsItSealed() {
    var made = add("A", SECRET, true);
    var described =
        edit(
            made,
            new EnvVarPatch(
                Patch.absent(), Patch.absent(), Patch.absent(), Patch.of("new"), Patch.absent()));
    assertThat(described.value()).isEqualTo(made.value());
    var renewed = edit(made, value("hunter3-hunter3"));
    assertThat(renewed.value()).doesNotContain("hunter3");
    assertThat(clear("A")).isEqualTo("hunter3-hunter3");
  }

  @Test
  void aValueCanBecomeSecretButASecretOneIsNotGivenAway() {
    var made = add("A", "was visible", false);
    var sealed = edit(made, secret(true));
    assertThat(sealed.isSecret()).isTrue();
    assertThat(sealed.value()).doesNotContain("was visible");
    assertThat(clear("A")).isEqualTo("was visible");

    assertThat(refused(() -> edit(made, secret(false))).fields())
        .extracting("field")
        .containsExactly("is_secret");
    assertThat(refusal(() -> edit(made, secret(null)))).isEqualTo(CommonError.INVALID);
    var replaced =
        edit(
            made,
            new EnvVarPatch(
                Patch.of("for all to see"),
                Patch.of(false),
                Patch.absent(),
                Patch.absent(),
                Patch.absent()));
    assertThat(replaced.value()).isEqualTo("for all to see");
    assertThat(replaced.isSecret()).isFalse();
  }

  @Test
  void aStaleEditIsRefused() {
    var made = add("A", "1", false);
    edit(made, value("2"));
    var old = new IfMatch(1L);
    assertThat(
            refusal(() -> feature.variables.update(caller, app.id(), made.id(), old, value("3"))))
        .isEqualTo(CommonError.STALE);
    assertThat(refusal(() -> feature.variables.delete(caller, app.id(), made.id(), old)))
        .isEqualTo(CommonError.STALE);
    assertThat(clear("A")).isEqualTo("2");
  }

  @Test
  void anAppHasRoomForSoManyAndSoMuch() {
    var big = "x".repeat(64 * 1024);
    for (var n = 0; n < 15; n++) {
      add("BIG_" + n, big, false);
    }
    assertThat(refusal(() -> add("BIG_X", big, false))).isEqualTo(AppsError.VARIABLES_TOO_LARGE);
    var small = add("SMALL", "1", false);
    assertThat(refusal(() -> edit(small, value(big)))).isEqualTo(AppsError.VARIABLES_TOO_LARGE);
    for (var n = 16; n < 500; n++) {
      add("V" + n, "", false);
    }
    assertThat(refusal(() -> add("ONE_MORE", "", false))).isEqualTo(AppsError.TOO_MANY_VARIABLES);
    assertThat(edit(small, value("2")).value()).as("an edit needs no further place").isEqualTo("2");
  }

  @Test
  void aVariableIsFoundUnderItsOwnAppOnly() {
    var made = add("A", "1", false);
    var other = feature.app(caller, "other");
    assertThat(refusal(() -> feature.variables.delete(caller, other.id(), made.id(), ANY)))
        .isEqualTo(AppsError.ENV_VAR_NOT_FOUND);
    assertThat(refusal(() -> feature.variables.list(caller, Ids.next())))
        .isEqualTo(AppsError.APP_NOT_FOUND);
  }

  @Test
  void strangersFindNothing() {
    var made = add("A", "1", false);
    var draft = new EnvVarDraft("B", "1", false, List.of(), null, List.of());
    assertThat(refusal(() -> feature.variables.list(stranger, app.id())))
        .isEqualTo(AppsError.APP_NOT_FOUND);
    assertThat(refusal(() -> feature.variables.create(stranger, app.id(), draft)))
        .isEqualTo(AppsError.APP_NOT_FOUND);
    assertThat(
            refusal(() -> feature.variables.update(stranger, app.id(), made.id(), ANY, value("2"))))
        .isEqualTo(AppsError.APP_NOT_FOUND);
    var theirs = feature.app(stranger, "theirs");
    assertThat(refusal(() -> feature.variables.delete(stranger, theirs.id(), made.id(), ANY)))
        .isEqualTo(AppsError.ENV_VAR_NOT_FOUND);
    assertThat(clear("A")).isEqualTo("1");
  }
}
