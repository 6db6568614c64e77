package dev.slipway.scripts.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.spi.ScriptUse;
import dev.slipway.scripts.service.ScriptsPlatform;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ScriptResourceIT {
  static final String DONE = "export default () => ({ outcome: 'done' })";
  static ScriptsPlatform feature;

  @BeforeAll
  static void start() {
    feature = new ScriptsPlatform();
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  private static String name() {
    return "script " + Ids.next();
  }

  @Test
  void listsHooksWithTheirTypesAndFunctions() {
    var answer = feature.platform.as(feature.tenant, Role.USER).get("/api/script-hooks");
    assertThat(answer.status()).isEqualTo(200);
    var hooks = answer.json().path("hooks");
    assertThat(hooks.findValuesAsText("name"))
        .contains(
            "alert.condition",
            "remediation.action",
            "webhook.transform",
            "webhook.receive",
            "event.listener",
            "schedule");
    assertThat(hooks.get(0).at("/input/type").asText()).isEqualTo("object");
    assertThat(hooks.get(0).path("apis").toString()).contains("kv.get").doesNotContain("fetch");
    assertThat(hooks.get(0).path("sample_event").isObject()).isTrue();
    assertThat(answer.json().path("apis").findValuesAsText("name")).contains("notes.add", "fetch");
  }

  @Test
  void savesAndShowsAScript() {
    var admin = feature.admin();
    var answer =
        admin.post(
            "/api/scripts",
            Map.of(
                "name", "first", "hook", "remediation.action", "source", DONE, "timeout_ms", 700));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.at("/script/version")).isEqualTo("1");
    assertThat(answer.at("/script/language")).isEqualTo("javascript");
    assertThat(answer.at("/script/timeout_ms")).isEqualTo("700");
    assertThat(answer.at("/script/created_by")).isEqualTo(admin.userId().toString());
    var shown =
        feature
            .platform
            .as(feature.tenant, Role.USER)
            .get("/api/scripts/" + answer.at("/script/id"));
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.at("/script/source")).isEqualTo(DONE);
    var again =
        admin.post(
            "/api/scripts",
            Map.of(
                "name",
                "first",
                "hook",
                "schedule",
                "source",
                DONE,
                "filter",
                Map.of("cron", "0 4 * * *")));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.fields()).contains("name");
  }

  @Test
  void refusesWhatDoesNotCompileWithThePlaceOfEachFault() {
    var answer =
        feature
            .admin()
            .post(
                "/api/scripts",
                Map.of(
                    "name",
                    name(),
                    "hook",
                    "remediation.action",
                    "source",
                    "export default (event, api) => {\n  const x = ;\n}\n"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.at("/code")).isEqualTo("scripts.script.not-compiled");
    assertThat(answer.fields()).contains("source");
    assertThat(answer.json().at("/diagnostics/0/line").asInt()).isEqualTo(2);
    assertThat(answer.json().at("/diagnostics/0/column").asInt()).isEqualTo(13);
  }

  @Test
  void validatesWithoutSaving() {
    var member = feature.platform.as(feature.tenant, Role.USER);
    var good =
        member.post("/api/scripts/validate", Map.of("hook", "remediation.action", "source", DONE));
    assertThat(good.json().path("valid").asBoolean()).as(good.text()).isTrue();
    var bad =
        member.post(
            "/api/scripts/validate", Map.of("hook", "remediation.action", "source", "const x = 1"));
    assertThat(bad.json().path("valid").asBoolean()).isFalse();
    assertThat(bad.json().at("/diagnostics/0/message").asText()).contains("default");
    var unknown = member.post("/api/scripts/validate", Map.of("hook", "no.such", "source", DONE));
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.fields()).contains("hook");
  }

  @Test
  void keepsVersionsAndActivatesAnEarlierOne() {
    var admin = feature.admin();
    var id = feature.script(admin, name(), "remediation.action", DONE);
    var etag = admin.get("/api/scripts/" + id).header("ETag").orElseThrow();
    var second = DONE.replace("done", "escalate");
    var changed =
        admin.with("If-Match", etag).patch("/api/scripts/" + id, Map.of("source", second));
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(changed.at("/script/version")).isEqualTo("2");
    var stale = admin.with("If-Match", etag).patch("/api/scripts/" + id, Map.of("enabled", false));
    assertThat(stale.status()).isEqualTo(412);
    var back = admin.post("/api/scripts/" + id + "/versions/1/activate", null);
    assertThat(back.at("/script/version")).isEqualTo("1");
    assertThat(back.at("/script/source")).isEqualTo(DONE);
    var versions = admin.get("/api/scripts/" + id + "/versions").json().path("versions");
    assertThat(versions.get(0).path("version").asInt()).isEqualTo(2);
    assertThat(versions.get(0).path("active").asBoolean()).isFalse();
    assertThat(versions.get(1).path("active").asBoolean()).isTrue();
    assertThat(admin.post("/api/scripts/" + id + "/versions/9/activate", null).status())
        .isEqualTo(404);
  }

  @Test
  void runsDryAndRecordsEffectsWithoutMakingThem() {
    var admin = feature.admin();
    var id =
        feature.script(
            admin,
            name(),
            "remediation.action",
            """
            export default async function (event, api) {
              api.log.warn('about to note', event.subject.name);
              await api.notes.add('dry ' + event.subject.id);
              return { outcome: 'done', message: event.reason.name };
            }
            """);
    var before = List.copyOf(feature.notes.notes);
    var answer = admin.post("/api/scripts/" + id + "/run", Map.of());
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.at("/execution/status")).isEqualTo("succeeded");
    assertThat(answer.json().at("/execution/dry_run").asBoolean()).isTrue();
    assertThat(answer.at("/execution/result/outcome")).isEqualTo("done");
    assertThat(answer.at("/execution/effects/0/kind")).isEqualTo("notes.add");
    assertThat(answer.at("/execution/effects/0/outcome")).isEqualTo("dry_run");
    assertThat(answer.at("/execution/logs/0/level")).isEqualTo("warn");
    assertThat(answer.at("/execution/logs/0/message")).isEqualTo("about to note shop");
    assertThat(answer.at("/execution/trigger/type")).isEqualTo("manual");
    assertThat(feature.notes.notes).isEqualTo(before);

    var real = admin.post("/api/scripts/" + id + "/run", Map.of("dry_run", false));
    assertThat(real.at("/execution/effects/0/outcome")).isEqualTo("done");
    assertThat(feature.notes.notes).hasSize(before.size() + 1);

    var kept = admin.get("/api/script-executions/" + answer.at("/execution/id"));
    assertThat(kept.at("/execution/result/message")).isEqualTo("app answers with errors");
    assertThat(kept.at("/execution/event/subject/name")).isEqualTo("shop");
    var again =
        admin.post(
            "/api/scripts/" + id + "/run", Map.of("event", kept.json().at("/execution/event")));
    assertThat(again.at("/execution/result/message")).isEqualTo("app answers with errors");
    var listed = admin.get("/api/scripts/" + id + "/executions?limit=2");
    assertThat(listed.at("/executions/1/id")).isEqualTo(real.at("/execution/id"));
    assertThat(listed.json().at("/executions/1/event").isObject()).isFalse();
    var next = admin.get("/api/scripts/" + id + "/executions?cursor=" + listed.at("/next_cursor"));
    assertThat(next.at("/executions/0/id")).isEqualTo(answer.at("/execution/id"));
    assertThat(
            admin.get("/api/scripts/" + id + "/executions?status=failed").json().path("executions"))
        .isEmpty();
  }

  @Test
  void answersAFailedRunWithTheExecution() {
    var admin = feature.admin();
    var id =
        feature.script(
            admin,
            name(),
            "remediation.action",
            "export default function (event) {\n  throw new Error('no ' + event.subject.kind);\n}");
    var failed = admin.post("/api/scripts/" + id + "/run", Map.of());
    assertThat(failed.status()).as(failed.text()).isEqualTo(422);
    assertThat(failed.at("/execution/status")).isEqualTo("failed");
    assertThat(failed.at("/execution/error/message")).contains("no app");
    assertThat(failed.json().at("/execution/error/line").asInt()).isEqualTo(2);
    var kept = admin.get("/api/script-executions/" + failed.at("/execution/id"));
    assertThat(kept.at("/execution/status")).isEqualTo("failed");
  }

  @Test
  void answersALimitByItsName() {
    var admin = feature.admin();
    var id =
        feature.script(
            admin,
            Map.of(
                "name",
                name(),
                "hook",
                "remediation.action",
                "timeout_ms",
                400,
                "source",
                "export default () => { while (true) {} }"));
    var ended = admin.post("/api/scripts/" + id + "/run", Map.of());
    assertThat(ended.status()).isEqualTo(422);
    assertThat(ended.at("/execution/limit")).isIn("cpu", "wall");
    assertThat(ended.at("/execution/status")).isIn("limit_exceeded", "timed_out");
  }

  @Test
  void refusesAnEventAndAResultThatDoNotFit() {
    var admin = feature.admin();
    var id =
        feature.script(
            admin, name(), "remediation.action", "export default () => ({ outcome: 'perhaps' })");
    var event =
        admin.post("/api/scripts/" + id + "/run", Map.of("event", Map.of("reason", Map.of())));
    assertThat(event.status()).isEqualTo(400);
    assertThat(event.fields()).contains("event");
    var result = admin.post("/api/scripts/" + id + "/run", Map.of());
    assertThat(result.status()).isEqualTo(422);
    assertThat(result.at("/execution/error/message")).contains("result does not fit");
  }

  @Test
  void masksSecretsByValueAndGivesOnlyItsOwn() {
    var admin = feature.admin();
    var secret = "s3cret-value-" + Ids.next();
    var source =
        """
        export default async function (event, api) {
          const value = await api.secret('TOKEN');
          api.log('the token is ' + value);
          let other = 'none';
          try { other = await api.secret('OTHER') } catch (e) { other = e.code }
          return { outcome: 'done', message: value.length + ' ' + other + ' ' + value };
        }
        """;
    var id =
        feature.script(
            admin,
            Map.of(
                "name",
                name(),
                "hook",
                "remediation.action",
                "source",
                source,
                "secrets",
                Map.of("TOKEN", secret)));
    var shown = admin.get("/api/scripts/" + id);
    assertThat(shown.text()).contains("TOKEN").doesNotContain(secret);
    var ran = admin.post("/api/scripts/" + id + "/run", Map.of());
    assertThat(ran.status()).as(ran.text()).isEqualTo(200);
    assertThat(ran.text()).doesNotContain(secret);
    assertThat(ran.at("/execution/result/message"))
        .startsWith(secret.length() + " script.secret-not-granted ***");
    assertThat(ran.at("/execution/logs/0/message")).isEqualTo("the token is ***");
  }

  @Test
  void keepsValuesPerScript() {
    var admin = feature.admin();
    var source =
        """
        export default async function (event, api) {
          const count = ((await api.kv.get('count')) ?? 0) + 1;
          await api.kv.set('count', count);
          return { outcome: 'done', message: `${count} ${await api.kv.list()}` };
        }
        """;
    var one = feature.script(admin, name(), "remediation.action", source);
    var other = feature.script(admin, name(), "remediation.action", source);
    var real = Map.of("dry_run", false);
    admin.post("/api/scripts/" + one + "/run", real);
    assertThat(admin.post("/api/scripts/" + one + "/run", real).at("/execution/result/message"))
        .isEqualTo("2 count");
    assertThat(admin.post("/api/scripts/" + other + "/run", real).at("/execution/result/message"))
        .isEqualTo("1 count");
    assertThat(admin.post("/api/scripts/" + one + "/run", Map.of()).at("/execution/result/message"))
        .isEqualTo("3 count");
    assertThat(admin.post("/api/scripts/" + one + "/run", Map.of()).at("/execution/result/message"))
        .as("a dry run keeps nothing")
        .isEqualTo("3 count");
  }

  @Test
  void actsWithTheRightsThatTheOwnerHasNow() {
    var admin = feature.admin();
    var id = feature.script(admin, name(), "remediation.action", DONE);
    assertThat(admin.post("/api/scripts/" + id + "/run", Map.of()).status()).isEqualTo(200);
    feature.people.remove(admin.userId());
    var refused = admin.post("/api/scripts/" + id + "/run", Map.of());
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.at("/execution/error/message")).contains("no access");
  }

  @Test
  void keepsTenantsApart() {
    var id = feature.script(feature.admin(), name(), "remediation.action", DONE);
    var stranger = feature.admin(Ids.next());
    assertThat(stranger.get("/api/scripts/" + id).status()).isEqualTo(404);
    assertThat(stranger.patch("/api/scripts/" + id, Map.of("enabled", false)).status())
        .isEqualTo(404);
    assertThat(stranger.post("/api/scripts/" + id + "/run", Map.of()).status()).isEqualTo(404);
    assertThat(stranger.delete("/api/scripts/" + id).status()).isEqualTo(404);
    assertThat(stranger.get("/api/scripts").json().path("scripts")).isEmpty();
    assertThat(feature.platform.as(feature.tenant, Role.USER).delete("/api/scripts/" + id).status())
        .isEqualTo(403);
  }

  @Test
  void removesAScriptUnlessSomethingUsesIt() {
    var admin = feature.admin();
    var id = feature.script(admin, name(), "remediation.action", DONE);
    var use =
        new ScriptUse() {
          @Override
          public List<String> usesOf(UUID tenantId, UUID scriptId) {
            return scriptId.equals(id) ? List.of("alert rule \"disk full\"") : List.of();
          }
        };
    feature.uses.add(use);
    var used = admin.delete("/api/scripts/" + id);
    assertThat(used.status()).isEqualTo(409);
    assertThat(used.at("/error")).contains("disk full");
    feature.uses.remove(use);
    assertThat(admin.delete("/api/scripts/" + id).status()).isEqualTo(204);
    assertThat(admin.get("/api/scripts/" + id).status()).isEqualTo(404);
  }

  @Test
  void refusesAScheduleThatCanNotBeRead() {
    var answer =
        feature
            .admin()
            .post(
                "/api/scripts",
                Map.of(
                    "name",
                    name(),
                    "hook",
                    "schedule",
                    "source",
                    DONE,
                    "filter",
                    Map.of("cron", "61 * * * *")));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fields()).contains("filter");
  }
}
