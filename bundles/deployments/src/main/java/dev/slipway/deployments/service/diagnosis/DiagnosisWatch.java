package dev.slipway.deployments.service.diagnosis;

import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.platform.Json;
import dev.slipway.api.spi.EventListener;
import dev.slipway.data.Database;
import dev.slipway.deployments.diagnosis.Evidence;
import dev.slipway.deployments.diagnosis.Finding;
import dev.slipway.deployments.diagnosis.Rules;
import dev.slipway.deployments.service.Recipe;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.RunStore;
import dev.slipway.deployments.store.StepKind;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.deployments.store.StepStatus;
import dev.slipway.deployments.store.diagnosis.DiagnosticRow;
import dev.slipway.deployments.store.diagnosis.DiagnosticStore;
import dev.slipway.logs.LogLine;
import dev.slipway.logs.Logs;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Looks for the cause whenever a deployment has failed. */
@Component(service = EventListener.class)
public final class DiagnosisWatch implements EventListener {
  private static final String OWN = "system";

  private final Database database;
  private final DeploymentStore deployments;
  private final DiagnosticStore diagnostics;
  private final RunStore runs;
  private final Logs logs;
  private final Json json;

  @Activate
  public DiagnosisWatch(@Reference Database database, @Reference Logs logs, @Reference Json json) {
    this.database = database;
    deployments = new DeploymentStore(database);
    diagnostics = new DiagnosticStore(database);
    runs = new RunStore(database);
    this.logs = logs;
    this.json = json;
  }

  @Override
  public String name() {
    return "deployments.diagnosis";
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types("deployments.deployment.failed");
  }

  @Override
  public void on(StoredEvent event) {
    var scope = Scope.tenant(Objects.requireNonNull(event.tenantId()));
    var lines = lines(scope, event);
    database.run(
        scope,
        () ->
            deployments
                .find(event.subjectId())
                .filter(row -> diagnostics.ofDeployment(row.id()).isEmpty())
                .ifPresent(
                    row ->
                        Rules.find(evidence(row, lines))
                            .forEach(finding -> diagnostics.insert(row(row, finding)))));
  }

  /** What the build and the app have said; the platform's own words are in the error already. */
  private List<String> lines(Scope scope, StoredEvent event) {
    return logs.page(scope, event.subjectId(), null, 0, Logs.MOST_LINES).stream()
        .filter(line -> !line.stream().equals(OWN))
        .map(LogLine::message)
        .toList();
  }

  private Evidence evidence(DeploymentRow row, List<String> lines) {
    return new Evidence(
        failed(runs.steps(row.id())),
        Recipe.read(json, row.recipe()).port(),
        Objects.requireNonNullElse(row.errorMessage(), ""),
        lines);
  }

  private static @Nullable StepKind failed(List<StepRow> steps) {
    return steps.stream()
        .filter(step -> step.status() == StepStatus.FAILED)
        .map(StepRow::kind)
        .findFirst()
        .orElse(null);
  }

  private static DiagnosticRow row(DeploymentRow row, Finding finding) {
    var proof = finding.proofs().isEmpty() ? null : finding.proofs().getFirst().text();
    return new DiagnosticRow(
        Ids.next(),
        row.tenantId(),
        row.appId(),
        row.id(),
        row.serverId(),
        finding.rule(),
        finding.category(),
        finding.severity(),
        finding.title(),
        finding.title() + (proof == null ? "." : ": " + proof),
        finding.title(),
        finding.suggestion(),
        finding.proofs().stream()
            .map(shown -> Map.of("kind", shown.kind(), "text", shown.text()))
            .toList(),
        finding.confidence(),
        Times.now());
  }
}
