package dev.slipway.archrules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What can be told from the text of the sources only. */
class SourceTest {
  private static final Pattern CATCH_ALL =
      Pattern.compile("catch \\((final )?(Exception|RuntimeException|Throwable)\\b");
  private static final Pattern TABLE =
      Pattern.compile("\\b(?:from|join|into|update)\\s+([a-z]+)_[a-z_]+", Pattern.CASE_INSENSITIVE);

  /**
   * Where any failure may be caught, because other bundles' code is called there, or because one
   * failure must not end a loop that serves others.
   */
  private static final List<String> BOUNDARIES =
      List.of(
          "platform/agent/",
          "platform/events/",
          "platform/grpc/",
          "platform/http/",
          "platform/jobs/",
          "platform/mail/",
          "platform/pluginhost/",
          "platform/launcher/src/main/java/dev/slipway/launcher/Parts.java",
          "platform/schema/src/main/java/dev/slipway/schema/CompiledSchema.java",
          "platform/scripting/src/main/java/dev/slipway/scripting/RunExchange.java",
          "platform/store/src/main/java/dev/slipway/store/migrate/Migration.java",
          "plugin-api/testkit/",
          "bundles/accounts/src/main/java/dev/slipway/accounts/service/credential/MailRequests.java",
          "bundles/accounts/src/main/java/dev/slipway/accounts/service/registration/RootBootstrap.java",
          "bundles/admin/src/main/java/dev/slipway/admin/service/Sampler.java",
          "bundles/apps/src/main/java/dev/slipway/apps/service/secret/RotationJob.java",
          "bundles/billing/src/main/java/dev/slipway/billing/service/ActiveUsers.java",
          "bundles/billing/src/main/java/dev/slipway/billing/service/StripeInbox.java",
          "bundles/deployments/src/main/java/dev/slipway/deployments/engine/Engine.java",
          "bundles/deployments/src/main/java/dev/slipway/deployments/service/Batch.java",
          "bundles/deployments/src/main/java/dev/slipway/deployments/service/preview/PreviewExpiry.java",
          "bundles/deployments/src/main/java/dev/slipway/deployments/service/deployment/Renewals.java",
          "bundles/fleet/src/main/java/dev/slipway/fleet/service/health/SampleWriter.java",
          "bundles/fleet/src/main/java/dev/slipway/fleet/wire/AgentStream.java",
          "bundles/fleet/src/main/java/dev/slipway/fleet/wire/AgentStreams.java",
          "bundles/fleet/src/main/java/dev/slipway/fleet/wire/Departures.java",
          "bundles/fleet/src/main/java/dev/slipway/fleet/wire/OutputQueues.java",
          "bundles/fleet/src/main/java/dev/slipway/fleet/wire/Pulse.java",
          "bundles/fleet/src/main/java/dev/slipway/fleet/wire/ServerKnowledge.java",
          "bundles/logs/src/main/java/dev/slipway/logs/service/SharedReads.java",
          "bundles/plugins/src/main/java/dev/slipway/plugins/page/AdminPages.java",
          "bundles/plugins/src/main/java/dev/slipway/plugins/service/Trials.java",
          "bundles/scripts/src/main/java/dev/slipway/scripts/service/Dispatcher.java",
          "bundles/scripts/src/main/java/dev/slipway/scripts/service/ExecutionLog.java",
          "bundles/scripts/src/main/java/dev/slipway/scripts/service/RunHost.java",
          "bundles/webhooks/src/main/java/dev/slipway/webhooks/service/Courier.java",
          "bundles/webhooks/src/main/java/dev/slipway/webhooks/service/Round.java");

  @Test
  void resourcesStayShort() {
    assertThat(Tree.main("Resource.java"))
        .isNotEmpty()
        .allSatisfy(
            file -> assertThat(Tree.lines(file).size()).as(file.toString()).isLessThan(200));
  }

  @Test
  void onlyBoundariesCatchEverything() {
    var found = new ArrayList<String>();
    for (var file : Tree.main(".java")) {
      var lines = Tree.lines(file);
      for (var i = 0; i < lines.size(); i++) {
        if (CATCH_ALL.matcher(lines.get(i)).find()) {
          found.add(file + ":" + (i + 1));
        }
      }
    }
    assertThat(found).isNotEmpty();
    assertThat(found).allMatch(place -> BOUNDARIES.stream().anyMatch(place::startsWith));
    assertThat(BOUNDARIES)
        .as("no boundary that catches nothing")
        .allMatch(boundary -> found.stream().anyMatch(place -> place.startsWith(boundary)));
  }

  /** Statements of a module name the tables of that module and no other's. */
  @Test
  void statementsKeepToTheirOwnTables() {
    var owners = new ArrayList<>(Tree.FEATURES);
    owners.addAll(Tree.PARTS);
    var seen = 0;
    for (var file : Tree.main("Mapper.xml")) {
      var table = TABLE.matcher(String.join("\n", Tree.lines(file)));
      while (table.find()) {
        if (owners.contains(table.group(1))) {
          seen++;
          assertThat(table.group(1)).as(file + ": " + table.group()).isEqualTo(module(file));
        }
      }
    }
    assertThat(seen).isGreaterThan(50);
  }

  private static String module(Path file) {
    return file.getName(1).toString();
  }
}
