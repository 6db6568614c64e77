package dev.slipway.deployments.service.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Times;
import dev.slipway.deployments.store.settings.Concurrency;
import dev.slipway.deployments.store.settings.SettingsRow;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AutoDeployRuleTest {
  static AutoDeployRule rule(
      boolean on, List<String> branches, List<String> include, List<String> ignore) {
    var row =
        new SettingsRow(
            Ids.next(),
            Ids.next(),
            Ids.next(),
            null,
            null,
            on,
            branches,
            include,
            ignore,
            false,
            false,
            Concurrency.QUEUE,
            600,
            10,
            Times.now());
    return new AutoDeployRule(row, "main");
  }

  static Push push(String branch, String... paths) {
    return new Push("d", branch, "c".repeat(40), null, List.of(paths), true);
  }

  @Test
  void nothingDeploysWhereItIsOff() {
    assertThat(rule(false, List.of(), List.of(), List.of()).skips(push("main", "a")))
        .contains("are off");
  }

  @Test
  void withoutBranchesTheDefaultOneDeploys() {
    var rule = rule(true, List.of(), List.of(), List.of());
    assertThat(rule.skips(push("main"))).isNull();
    assertThat(rule.skips(push("other"))).contains("branch");
  }

  @Test
  void namedBranchesTakeThePlaceOfTheDefaultOne() {
    var rule = rule(true, List.of("release/*", "hotfix-?"), List.of(), List.of());
    assertThat(rule.skips(push("release/1"))).isNull();
    assertThat(rule.skips(push("hotfix-7"))).isNull();
    assertThat(rule.skips(push("main"))).contains("branch");
  }

  @Test
  void onePathThatCountsIsEnough() {
    var rule = rule(true, List.of(), List.of("web/**"), List.of("**/*.md"));
    assertThat(rule.skips(push("main", "api/a.js", "web/b.js"))).isNull();
    assertThat(rule.skips(push("main", "api/a.js"))).contains("no changed path");
    assertThat(rule.skips(push("main", "web/README.md"))).contains("ignored");
    assertThat(rule.skips(push("main", "web/README.md", "web/b.js"))).isNull();
  }

  @Test
  void withoutIncludedPathsEverythingThatIsNotIgnoredCounts() {
    var rule = rule(true, List.of(), List.of(), List.of("docs/"));
    assertThat(rule.skips(push("main", "docs/a.md"))).contains("ignored");
    assertThat(rule.skips(push("main", "docs/a.md", "b"))).isNull();
  }

  @Test
  void pathsThatAreNotAllKnownMayBeAnyPaths() {
    var rule = rule(true, List.of(), List.of("web/**"), List.of());
    var some = new Push("d", "main", "c".repeat(40), null, List.of("api/a.js"), false);
    assertThat(rule.skips(some)).isNull();
  }

  @Test
  void morePathsThanCanBeLookedThroughCountAsAny() {
    var rule = rule(true, List.of(), Collections.nCopies(100, "**a".repeat(90) + "b"), List.of());
    var paths = Collections.nCopies(1_000, "a".repeat(4_000));
    assertThat(rule.skips(new Push("d", "main", "c".repeat(40), null, paths, true))).isNull();
  }
}
