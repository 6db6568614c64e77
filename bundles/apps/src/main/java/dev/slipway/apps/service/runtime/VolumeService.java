package dev.slipway.apps.service.runtime;

import dev.slipway.api.Caller;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.AppsEvent;
import dev.slipway.apps.Volume;
import dev.slipway.apps.VolumeFate;
import dev.slipway.apps.Volumes;
import dev.slipway.apps.service.Faults;
import dev.slipway.apps.store.AppStore;
import dev.slipway.apps.store.VolumeStore;
import dev.slipway.data.Database;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Volumes of apps; changes hold from the next deployment on. Every change locks the app first. */
@Component(service = {VolumeService.class, Volumes.class})
public final class VolumeService implements Volumes {
  private static final int MAX_VOLUMES = 10;
  private static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9-]{0,30}[a-z0-9])?");

  private final Database database;
  private final Events events;
  private final AppStore apps;
  private final VolumeStore volumes;

  /** Made by the component runtime. */
  @Activate
  public VolumeService(@Reference Database database, @Reference Events events) {
    this.database = database;
    this.events = events;
    apps = new AppStore(database);
    volumes = new VolumeStore(database);
  }

  /** Adds a volume to an app. */
  public Volume create(Caller caller, UUID appId, String name, String mountPath) {
    new Faults()
        .add(
            "name",
            NAME.matcher(name).matches()
                ? null
                : "must be lower-case letters, digits and hyphens, and begin with a letter")
        .add("mount_path", MountPathRule.fault(mountPath))
        .raise();
    return database.write(
        Scope.of(caller),
        () -> {
          var app = apps.editable(appId);
          checkFree(volumes.ofApp(appId), name, mountPath);
          var volume =
              new Volume(
                  Ids.next(), app.tenantId(), appId, name, mountPath, caller.userId(), Times.now());
          volumes.insert(volume);
          events.publish(
              new AppsEvent.VolumeCreated(app.tenantId(), appId, volume.id(), name, mountPath));
          return volume;
        });
  }

  private static void checkFree(List<Volume> others, String name, String mountPath) {
    if (others.size() >= MAX_VOLUMES) {
      throw AppsError.TOO_MANY_VOLUMES.of(MAX_VOLUMES);
    }
    for (var other : others) {
      if (other.name().equals(name)) {
        throw AppsError.VOLUME_NAME_TAKEN.at("name");
      }
      if (MountPathRule.overlap(other.mountPath(), mountPath)) {
        throw AppsError.MOUNT_PATH_TAKEN.at("mount_path", other.name());
      }
    }
  }

  /** The volumes of an app in order of their names. */
  public List<Volume> list(Caller caller, UUID appId) {
    return database.read(
        Scope.of(caller),
        () -> {
          apps.find(appId).orElseThrow(AppsError.APP_NOT_FOUND::of);
          return volumes.ofApp(appId);
        });
  }

  /** Takes a volume from an app. */
  public void delete(Caller caller, UUID appId, UUID id, VolumeFate data) {
    database.run(
        Scope.of(caller),
        () -> {
          apps.editable(appId);
          var volume =
              volumes
                  .lock(id)
                  .filter(found -> found.appId().equals(appId))
                  .orElseThrow(AppsError.VOLUME_NOT_FOUND::of);
          volumes.delete(id);
          CurrentOperation.detail("name", volume.name());
          CurrentOperation.detail("data", data.text());
          events.publish(
              new AppsEvent.VolumeDeleted(
                  volume.tenantId(), appId, id, volume.name(), data, caller.userId()));
        });
  }

  @Override
  public List<Volume> ofApp(Scope scope, UUID appId) {
    return database.read(scope, () -> volumes.ofApp(appId));
  }
}
