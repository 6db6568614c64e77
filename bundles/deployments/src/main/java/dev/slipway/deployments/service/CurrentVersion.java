package dev.slipway.deployments.service;

import dev.slipway.data.Database;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.Place;
import dev.slipway.deployments.store.instance.InstanceRow;
import dev.slipway.deployments.store.instance.InstanceStore;
import java.util.List;
import java.util.Optional;

/** The version of an app that is live in a place; every call needs a unit of work. */
public final class CurrentVersion {
  private final DeploymentStore deployments;
  private final InstanceStore instances;

  public CurrentVersion(Database database) {
    deployments = new DeploymentStore(database);
    instances = new InstanceStore(database);
  }

  public Optional<DeploymentRow> of(Place place) {
    return deployments.live(place);
  }

  /** All its containers, those that are to go left out. */
  public List<InstanceRow> instances(Place place) {
    return of(place).map(row -> all(row)).orElseGet(List::of);
  }

  /** The containers of a version that answer requests, those that are to go left out. */
  public List<InstanceRow> of(DeploymentRow version) {
    return all(version).stream().filter(InstanceRow::isWeb).toList();
  }

  /** The containers of a version and of its processes, those that are to go left out. */
  public List<InstanceRow> all(DeploymentRow version) {
    return instances.ofDeployment(version.id()).stream().filter(row -> !row.leaving()).toList();
  }
}
