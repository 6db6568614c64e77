package dev.slipway.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.api.Caller;
import dev.slipway.api.ErrorCode;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.apps.file.AppFiles;
import dev.slipway.apps.resource.file.EnvironmentsPart;
import dev.slipway.apps.resource.file.LimitsPart;
import dev.slipway.apps.resource.file.ProcessesPart;
import dev.slipway.apps.resource.file.RegistriesPart;
import dev.slipway.apps.resource.file.ReleasePart;
import dev.slipway.apps.resource.file.RotationPart;
import dev.slipway.apps.resource.file.SettingsPart;
import dev.slipway.apps.resource.file.VariablesPart;
import dev.slipway.apps.resource.file.VolumesPart;
import dev.slipway.apps.service.app.AppDeletion;
import dev.slipway.apps.service.app.AppDraft;
import dev.slipway.apps.service.app.AppService;
import dev.slipway.apps.service.app.PublishedApps;
import dev.slipway.apps.service.environment.EnvironmentDraft;
import dev.slipway.apps.service.environment.EnvironmentService;
import dev.slipway.apps.service.environment.PromotionGraph;
import dev.slipway.apps.service.environment.PublishedEnvironments;
import dev.slipway.apps.service.environment.PublishedPreviews;
import dev.slipway.apps.service.project.ProjectDraft;
import dev.slipway.apps.service.project.ProjectMembers;
import dev.slipway.apps.service.project.ProjectService;
import dev.slipway.apps.service.runtime.ProcessService;
import dev.slipway.apps.service.runtime.RegistryCredentialService;
import dev.slipway.apps.service.runtime.ReleaseHookService;
import dev.slipway.apps.service.runtime.RuntimeService;
import dev.slipway.apps.service.runtime.VolumeService;
import dev.slipway.apps.service.secret.LeaseService;
import dev.slipway.apps.service.secret.PublishedLeases;
import dev.slipway.apps.service.secret.RotationJob;
import dev.slipway.apps.service.secret.RotationService;
import dev.slipway.apps.service.secret.SecretTemplateService;
import dev.slipway.apps.service.variable.EnvVarService;
import dev.slipway.apps.service.variable.EnvironmentVariableService;
import dev.slipway.apps.service.variable.ProjectEnvVarService;
import dev.slipway.apps.service.variable.VariableVersionService;
import dev.slipway.data.Database;
import dev.slipway.testkit.Postgres;
import dev.slipway.testkit.TestPlatform;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** The feature on a real platform, between a fleet and an activity log that the test controls. */
public final class AppsPlatform implements AutoCloseable {
  public final TestPlatform platform = TestPlatform.start();
  public final Database database = platform.database("apps", App.class.getClassLoader());
  public final KnownServers servers = new KnownServers();
  public final RecordedOperations operations = new RecordedOperations();
  public final ProjectService projects = new ProjectService(database, platform.events());
  public final AppService apps = new AppService(database, platform.events(), servers);
  public final AppDeletion deletion = new AppDeletion(database, platform.events(), operations);
  public final EnvVarService variables =
      new EnvVarService(database, platform.events(), platform.secrets());
  public final ProjectEnvVarService projectVariables =
      new ProjectEnvVarService(database, platform.events(), platform.secrets());
  public final EnvironmentService environments =
      new EnvironmentService(database, platform.events(), servers);
  public final EnvironmentVariableService environmentVariables =
      new EnvironmentVariableService(database, platform.events(), platform.secrets());
  public final SecretTemplateService templates =
      new SecretTemplateService(database, platform.events(), platform.secrets());
  public final VariableVersionService versions =
      new VariableVersionService(database, platform.events(), platform.secrets());
  public final RotationService rotations =
      new RotationService(database, platform.events(), platform.secrets());
  public final RotationJob rotationJob =
      new RotationJob(database, platform.events(), platform.secrets());
  public final SecretLeases leases =
      new PublishedLeases(database, platform.secrets(), platform.signals());
  public final LeaseService leaseService = new LeaseService(database, platform.events());
  public final RuntimeService runtime = new RuntimeService(database, platform.events());
  public final ProcessService processes = new ProcessService(database, platform.events());
  public final VolumeService volumes = new VolumeService(database, platform.events());
  public final ReleaseHookService hooks = new ReleaseHookService(database, platform.events());
  public final RegistryCredentialService registries =
      new RegistryCredentialService(database, platform.events(), platform.secrets());
  public final ProjectMembers members = new ProjectMembers(database, apps);
  public final PromotionGraph graph = new PromotionGraph(database);
  public final Environments publishedEnvironments =
      new PublishedEnvironments(database, platform.events(), platform.secrets());
  public final PreviewEnvironments previews = new PublishedPreviews(database, platform.events());
  public final Apps published =
      new PublishedApps(database, platform.events(), platform.secrets(), deletion);
  public final AppFiles files = files();

  private AppFiles files() {
    var json = platform.json();
    var first = new SettingsPart(apps, json);
    var made = new AppFiles(database, first, json, platform.schemas());
    made.addPart(new EnvironmentsPart(environments, environmentVariables, json));
    made.addPart(new VariablesPart(variables, json));
    made.addPart(new LimitsPart(runtime, json));
    made.addPart(new VolumesPart(volumes));
    made.addPart(new RotationPart(rotations, variables, environments, environmentVariables, json));
    made.addPart(new RegistriesPart(registries));
    made.addPart(new ProcessesPart(processes, json));
    made.addPart(new ReleasePart(hooks, json));
    made.addPart(first);
    return made;
  }

  /** Settings of an app that is fed by uploads. */
  public static AppDraft settings(String name, @Nullable UUID projectId) {
    return new AppDraft(
        name,
        projectId,
        SourceType.GIT,
        null,
        null,
        "main",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        3000,
        "/",
        1);
  }

  public App app(Caller caller, String name) {
    return apps.create(caller, settings(name, null), null, null);
  }

  public Project project(Caller caller, String name) {
    return projects.create(caller, new ProjectDraft(name, null, null));
  }

  public Environment environment(Caller caller, App app, String name, Stage stage) {
    var draft = new EnvironmentDraft(name, stage, null, null, false, null, false);
    return environments.create(caller, app.id(), draft, null);
  }

  /** Changes rows behind everybody's back, such as the time when something is due. */
  public int owner(String statement) {
    try (var connection = Postgres.owner(platform.store());
        var change = connection.createStatement()) {
      return change.executeUpdate(statement);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** How a call is refused. */
  public static ErrorCode refusal(ThrowingCallable call) {
    return refused(call).code();
  }

  /** The refusal of a call. */
  public static PlatformException refused(ThrowingCallable call) {
    var refusal = catchThrowableOfType(PlatformException.class, call);
    assertThat(refusal).as("a refusal").isNotNull();
    return refusal;
  }

  /** What was said of a subject, oldest first. */
  public List<StoredEvent> said(Caller caller, UUID subject) {
    return platform.events().after(Scope.of(caller), EventFilter.subject(subject), null, 1000);
  }

  /** The types of what was said of a subject, oldest first. */
  public List<String> types(Caller caller, UUID subject) {
    return said(caller, subject).stream().map(StoredEvent::type).toList();
  }

  @Override
  public void close() throws Exception {
    platform.close();
  }
}
