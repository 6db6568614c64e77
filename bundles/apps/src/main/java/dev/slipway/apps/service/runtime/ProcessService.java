package dev.slipway.apps.service.runtime;

import dev.slipway.api.Caller;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.apps.App;
import dev.slipway.apps.AppProcess;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.AppsEvent;
import dev.slipway.apps.Processes;
import dev.slipway.apps.SourceType;
import dev.slipway.apps.service.Faults;
import dev.slipway.apps.service.Text;
import dev.slipway.apps.store.AppStore;
import dev.slipway.apps.store.ProcessStore;
import dev.slipway.data.Database;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Processes of apps; changes hold from the next deployment on. Every change locks the app first.
 */
@Component(service = {ProcessService.class, Processes.class})
public final class ProcessService implements Processes {
  private static final int MAX_PROCESSES = 10;
  private static final int MAX_COMMAND = 4096;
  private static final int MAX_REPLICAS = 20;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,29}");

  private final Database database;
  private final Events events;
  private final AppStore apps;
  private final ProcessStore processes;

  /** Made by the component runtime. */
  @Activate
  public ProcessService(@Reference Database database, @Reference Events events) {
    this.database = database;
    this.events = events;
    apps = new AppStore(database);
    processes = new ProcessStore(database);
  }

  /** The processes of an app in order of their names. */
  public List<AppProcess> list(Caller caller, UUID appId) {
    return database.read(
        Scope.of(caller),
        () -> {
          apps.find(appId).orElseThrow(AppsError.APP_NOT_FOUND::of);
          return processes.ofApp(appId);
        });
  }

  /** Adds a process to an app, or says anew how the one of that name runs. */
  public AppProcess put(Caller caller, UUID appId, String name, String command, int replicas) {
    new Faults()
        .add("name", nameFault(name))
        .add("command", commandFault(command))
        .add("replicas", replicasFault(replicas))
        .raise();
    return database.write(
        Scope.of(caller),
        () -> {
          var app = apps.editable(appId);
          if (app.sourceType() == SourceType.COMPOSE) {
            throw AppsError.PROCESSES_OF_COMPOSE.at("name");
          }
          var all = processes.ofApp(appId);
          var known = find(all, name);
          if (known == null && all.size() >= MAX_PROCESSES) {
            throw AppsError.TOO_MANY_PROCESSES.of(MAX_PROCESSES);
          }
          return known == null
              ? added(app, name, command, replicas, caller.userId())
              : changed(known, command, replicas);
        });
  }

  private AppProcess added(
      App app, String name, String command, int replicas, @Nullable UUID createdBy) {
    var now = Times.now();
    var process =
        new AppProcess(
            Ids.next(), app.tenantId(), app.id(), name, command, replicas, createdBy, now, now);
    processes.insert(process);
    publish(process);
    return process;
  }

  private AppProcess changed(AppProcess known, String command, int replicas) {
    if (known.command().equals(command) && known.replicas() == replicas) {
      return known;
    }
    var process = known.with(command, replicas, Times.now());
    processes.update(process);
    publish(process);
    return process;
  }

  /** A command may have a password in it; events tell only that there is another one. */
  private void publish(AppProcess process) {
    events.publish(
        new AppsEvent.ProcessSet(
            process.tenantId(), process.appId(), process.name(), process.replicas()));
  }

  /** Takes a process from an app. */
  public void delete(Caller caller, UUID appId, String name) {
    database.run(
        Scope.of(caller),
        () -> {
          apps.editable(appId);
          var known = find(processes.ofApp(appId), name);
          if (known == null) {
            throw AppsError.PROCESS_NOT_FOUND.of();
          }
          processes.delete(known.id());
          CurrentOperation.detail("name", name);
          events.publish(new AppsEvent.ProcessRemoved(known.tenantId(), appId, name));
        });
  }

  @Override
  public List<AppProcess> ofApp(Scope scope, UUID appId) {
    return database.read(scope, () -> processes.ofApp(appId));
  }

  @Override
  public boolean scaled(Scope scope, UUID appId, String name, int replicas) {
    return database.write(
        scope,
        () -> {
          var app = apps.lock(appId).orElse(null);
          var known = find(processes.ofApp(appId), name);
          if (app == null || app.status() == AppStatus.DELETING || known == null) {
            return false;
          }
          changed(known, known.command(), replicas);
          return true;
        });
  }

  private static @Nullable AppProcess find(List<AppProcess> all, String name) {
    return all.stream().filter(process -> process.name().equals(name)).findFirst().orElse(null);
  }

  private static @Nullable String nameFault(String name) {
    if (name.equals(AppProcess.WEB)) {
      return "web is what answers requests; its command is the app's start_command";
    }
    return NAME.matcher(name).matches()
        ? null
        : "must be at most 30 lower-case letters, digits and hyphens, and begin with a letter";
  }

  private static @Nullable String commandFault(String command) {
    return command.isBlank() ? "must not be blank" : Text.block(command, MAX_COMMAND);
  }

  private static @Nullable String replicasFault(int replicas) {
    return replicas < 0 || replicas > MAX_REPLICAS ? "must be between 0 and " + MAX_REPLICAS : null;
  }
}
