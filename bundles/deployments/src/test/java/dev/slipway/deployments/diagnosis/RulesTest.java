package dev.slipway.deployments.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.slipway.deployments.store.StepKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RulesTest {
  static Stream<Arguments> lines() {
    return Stream.of(
        arguments(
            "missing-env", StepKind.DEPLOY, "Error: environment variable DATABASE_URL is not set"),
        arguments(
            "port-in-use",
            StepKind.DEPLOY,
            "Error: listen EADDRINUSE: address already in use :::3000"),
        arguments("out-of-memory", StepKind.DEPLOY, "FATAL ERROR: JavaScript heap out of memory"),
        arguments(
            "disk-full", StepKind.DEPLOY, "write /var/lib/docker/tmp: no space left on device"),
        arguments(
            "image-pull",
            StepKind.DEPLOY,
            "pull access denied for team/app, repository does not exist"),
        arguments("image-gone", StepKind.DEPLOY, "not found: No such image: deploy-app-shop:0123"),
        arguments(
            "registry-away",
            StepKind.DEPLOY,
            "the registry registry.example.com does not answer: EOF"),
        arguments("dependency-install", StepKind.BUILD, "npm ERR! code ERESOLVE"),
        arguments("module-missing", StepKind.DEPLOY, "Error: Cannot find module 'express'"),
        arguments("dns", StepKind.DEPLOY, "getaddrinfo ENOTFOUND db.internal"),
        arguments("connection-refused", StepKind.DEPLOY, "connect ECONNREFUSED 10.0.0.7:5432"),
        arguments("tls", StepKind.DEPLOY, "x509: certificate signed by unknown authority"),
        arguments("permission", StepKind.DEPLOY, "EACCES: open '/data/app.db'"),
        arguments(
            "release-hook",
            StepKind.RELEASE,
            "Release hook failed: release command failed (exit code 3)"),
        arguments("crash-loop", StepKind.DEPLOY, "container web exited with code 1"),
        arguments("health-path", StepKind.HEALTH, "GET /healthz answered 404"),
        arguments("health-timeout", StepKind.HEALTH, "health check failed after 60s"),
        arguments(
            "git-credentials",
            StepKind.CLONE,
            "fatal: Authentication failed for 'https://example.com/a.git'"),
        arguments(
            "git-ref", StepKind.CLONE, "fatal: Remote branch feature not found in upstream origin"),
        arguments(
            "dockerfile-syntax",
            StepKind.BUILD,
            "dockerfile parse error on line 3: unknown instruction: RUNN"),
        arguments(
            "copy-missing", StepKind.BUILD, "COPY failed: file not found in build context: dist"),
        arguments("command-missing", StepKind.DEPLOY, "sh: 1: gunicorn: command not found"),
        arguments("architecture", StepKind.DEPLOY, "exec /app/server: exec format error"),
        arguments(
            "compile", StepKind.BUILD, "src/main.ts(3,1): error TS2304: Cannot find name 'x'"),
        arguments("agent-lost", StepKind.DEPLOY, "agent connection lost twice"));
  }

  static List<String> names(StepKind step, String error, String... lines) {
    return Rules.find(new Evidence(step, 3000, error, List.of(lines))).stream()
        .map(Finding::rule)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("lines")
  void eachRuleKnowsItsWordsAndNoOtherTakesThem(String rule, StepKind step, String line) {
    assertThat(names(step, "it failed", "starting", line)).containsExactly(rule);
    assertThat(names(step, line)).containsExactly(rule);
  }

  @Test
  void everyRuleIsTested() {
    assertThat(lines().map(row -> row.get()[0]).toList())
        .containsExactlyElementsOf(Rules.ALL.stream().map(Rule::name).toList())
        .doesNotHaveDuplicates()
        .hasSizeGreaterThanOrEqualTo(15);
  }

  @Test
  void aPortThatIsNotTheAppsIsTold() {
    assertThat(names(StepKind.HEALTH, "it failed", "Listening on http://0.0.0.0:8080"))
        .containsExactly("port-mismatch");
    assertThat(names(StepKind.HEALTH, "it failed", "Listening on 127.0.0.1:3000"))
        .containsExactly("unknown");
  }

  @Test
  void whatARegistryDidIsTold() {
    var registry = "the registry registry.example.com ";
    assertThat(names(StepKind.DEPLOY, registry + "refuses the credentials that are kept for it"))
        .containsExactly("image-pull");
    assertThat(names(StepKind.DEPLOY, registry + "asks for credentials, and none are kept for it"))
        .containsExactly("image-pull");
    assertThat(names(StepKind.DEPLOY, registry + "does not answer: connect: connection refused"))
        .containsExactly("registry-away", "connection-refused");
  }

  @Test
  void wordsAtAnotherStepTellNothing() {
    assertThat(names(StepKind.CLONE, "it failed", "GET / answered 404")).containsExactly("unknown");
  }

  @Test
  void theSurestComesFirstWithWhatItFiredOn() {
    var found =
        Rules.find(
            new Evidence(
                StepKind.HEALTH,
                3000,
                "health check failed after 60s",
                List.of("java.lang.OutOfMemoryError: Java heap space")));
    assertThat(found).extracting(Finding::rule).containsExactly("out-of-memory", "health-timeout");
    assertThat(found.getFirst().proofs().getFirst().kind()).isEqualTo("log");
    assertThat(found.getLast().proofs().getFirst().kind()).isEqualTo("event");
  }
}
