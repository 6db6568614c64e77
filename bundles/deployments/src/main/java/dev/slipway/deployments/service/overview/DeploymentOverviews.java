package dev.slipway.deployments.service.overview;

import dev.slipway.accounts.Member;
import dev.slipway.accounts.Tenants;
import dev.slipway.api.Caller;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.apps.App;
import dev.slipway.apps.Apps;
import dev.slipway.apps.Environment;
import dev.slipway.apps.Environments;
import dev.slipway.data.Database;
import dev.slipway.deployments.DeploymentStatus;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.service.diagnosis.DiagnosticService;
import dev.slipway.deployments.service.overview.Comparisons.Changes;
import dev.slipway.deployments.service.overview.Comparisons.Diff;
import dev.slipway.deployments.service.queue.Approvers;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.RunStore;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.deployments.store.approval.ApprovalRow;
import dev.slipway.deployments.store.approval.ApprovalStore;
import dev.slipway.deployments.store.approval.IntentRow;
import dev.slipway.deployments.store.approval.IntentStore;
import dev.slipway.deployments.store.approval.PolicyRow;
import dev.slipway.deployments.store.diagnosis.DiagnosticRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the console shows of one deployment. */
@Component(service = DeploymentOverviews.class)
public final class DeploymentOverviews {
  private final Database database;
  private final DeploymentStore deployments;
  private final IntentStore intents;
  private final ApprovalStore approvals;
  private final RunStore runs;
  private final Apps apps;
  private final Tenants tenants;
  private final DiagnosticService diagnostics;
  private final Comparisons comparisons;
  private final Environments environments;

  @Activate
  public DeploymentOverviews(
      @Reference Database database,
      @Reference Apps apps,
      @Reference Tenants tenants,
      @Reference DiagnosticService diagnostics,
      @Reference Comparisons comparisons,
      @Reference Environments environments) {
    this.database = database;
    deployments = new DeploymentStore(database);
    intents = new IntentStore(database);
    approvals = new ApprovalStore(database);
    runs = new RunStore(database);
    this.apps = apps;
    this.tenants = tenants;
    this.diagnostics = diagnostics;
    this.comparisons = comparisons;
    this.environments = environments;
  }

  /**
   * A deployment.
   *
   * @param place the environment that it goes to; the app itself is its production
   * @param intent why it waits, or waited; null where it never had to
   * @param findings why it failed, the surest first
   * @param changes what it brought against the one that was live before
   * @param diff the same in full; null where there was none before
   * @param names what users of the tenant call themselves, by id
   */
  public record Overview(
      DeploymentRow row,
      App app,
      String place,
      List<StepRow> steps,
      @Nullable IntentRow intent,
      Approval approval,
      List<DiagnosticRow> findings,
      Changes changes,
      @Nullable Diff diff,
      Map<UUID, String> names) {

    /** What a user is called; a person who has left is nobody's business any more. */
    public String name(@Nullable UUID user) {
      return user == null ? "an API key" : names.getOrDefault(user, "a former member");
    }
  }

  /**
   * Who agrees.
   *
   * @param votes oldest first
   * @param requestedBy who wants it; null where an API key or the platform does
   * @param path where the caller's vote goes, without {@code /approve} and {@code /reject}; null
   *     where the caller has none
   * @param whyNot why the caller has none; null where nothing is to be decided
   */
  public record Approval(
      List<ApprovalRow> votes,
      @Nullable UUID requestedBy,
      @Nullable String path,
      @Nullable String whyNot) {
    /** How many have agreed. */
    public long agreed() {
      return votes.stream()
          .filter(vote -> vote.decision() == ApprovalRow.Decision.APPROVED)
          .count();
    }
  }

  /** One deployment of the caller's tenant. */
  public Overview of(Caller caller, UUID id) {
    var scope = Scope.of(caller);
    var row =
        database
            .read(scope, () -> deployments.find(id))
            .orElseThrow(DeploymentsError.NOT_FOUND::of);
    var app = apps.require(scope, row.appId());
    var place =
        row.environmentId() == null
            ? "production"
            : environments
                .find(scope, row.environmentId())
                .map(Environment::name)
                .orElse("a removed environment");
    var findings = diagnostics.ofDeployment(caller, id);
    var changes = comparisons.changes(caller, row.appId(), id);
    var before = changes.previousDeploymentId();
    var diff = before == null ? null : comparisons.diff(caller, before, id);
    var names =
        tenants.members(caller.tenantId()).stream()
            .collect(Collectors.toMap(Member::userId, Member::displayName));
    return database.read(
        scope,
        () -> {
          var intent =
              Optional.ofNullable(row.intentId())
                  .flatMap(waiting -> intents.find(row.appId(), waiting))
                  .orElse(null);
          return new Overview(
              row,
              app,
              place,
              runs.steps(id),
              intent,
              approval(caller, row, intent),
              findings,
              changes,
              diff,
              names);
        });
  }

  private Approval approval(Caller caller, DeploymentRow row, @Nullable IntentRow intent) {
    var votes = row.approvalsRequired() == 0 ? List.<ApprovalRow>of() : approvals.votes(row.id());
    var wantedBy = intent == null ? row.createdBy() : intent.requestedBy();
    if (row.status() != DeploymentStatus.AWAITING_APPROVAL) {
      return new Approval(votes, wantedBy, null, null);
    }
    var policy = approvals.policy(row.appId()).orElse(null);
    try {
      return new Approval(votes, wantedBy, door(caller, row, policy, wantedBy), null);
    } catch (PlatformException refused) {
      return new Approval(votes, wantedBy, null, refused.getMessage());
    }
  }

  /** Approvers vote; an admin who is none of them decides all the same. */
  private static String door(
      Caller caller, DeploymentRow row, @Nullable PolicyRow policy, @Nullable UUID wantedBy) {
    try {
      Approvers.check(caller, policy, wantedBy);
      return "/api/apps/" + row.appId() + "/deployments/" + row.id();
    } catch (PlatformException noApprover) {
      if (!caller.has(Role.ADMIN)) {
        throw noApprover;
      }
      Approvers.checkSelf(caller.requireUser(), policy, wantedBy);
      return "/api/deployments/" + row.id();
    }
  }
}
