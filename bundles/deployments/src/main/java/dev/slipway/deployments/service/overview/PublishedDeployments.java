package dev.slipway.deployments.service.overview;

import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import dev.slipway.deployments.Deployment;
import dev.slipway.deployments.Deployments;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What other features see of deployments. */
@Component(service = Deployments.class)
public final class PublishedDeployments implements Deployments {
  private final Database database;
  private final DeploymentStore deployments;

  @Activate
  public PublishedDeployments(@Reference Database database) {
    this.database = database;
    deployments = new DeploymentStore(database);
  }

  @Override
  public Optional<Deployment> find(Scope scope, UUID deploymentId) {
    return database
        .read(scope, () -> deployments.find(deploymentId))
        .map(DeploymentRow::toDeployment);
  }
}
