package dev.slipway.apps.resource;

import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.resource.app.AppResource;
import dev.slipway.apps.resource.environment.EnvironmentResource;
import dev.slipway.apps.resource.environment.PromotionGraphResource;
import dev.slipway.apps.resource.file.AppFileResource;
import dev.slipway.apps.resource.project.ProjectAppResource;
import dev.slipway.apps.resource.project.ProjectMemberResource;
import dev.slipway.apps.resource.project.ProjectResource;
import dev.slipway.apps.resource.runtime.ProcessResource;
import dev.slipway.apps.resource.runtime.RegistryCredentialResource;
import dev.slipway.apps.resource.runtime.ReleaseHookResource;
import dev.slipway.apps.resource.runtime.RuntimeResource;
import dev.slipway.apps.resource.runtime.VolumeResource;
import dev.slipway.apps.resource.secret.LeaseResource;
import dev.slipway.apps.resource.secret.RotationResource;
import dev.slipway.apps.resource.secret.SecretTemplateResource;
import dev.slipway.apps.resource.variable.AppVariableResource;
import dev.slipway.apps.resource.variable.EnvVarResource;
import dev.slipway.apps.resource.variable.EnvironmentVariableResource;
import dev.slipway.apps.resource.variable.ProjectEnvVarResource;
import dev.slipway.apps.resource.variable.VariableVersionResource;

/** The feature with every resource that it publishes. */
final class AllResources {
  private AllResources() {}

  static AppsPlatform start() {
    var feature = new AppsPlatform();
    feature.platform.register(
        new AppResource(feature.apps, feature.deletion),
        new AppFileResource(feature.files),
        new AppVariableResource(feature.variables),
        new EnvVarResource(feature.variables),
        new VariableVersionResource(feature.versions),
        new RotationResource(feature.rotations),
        new LeaseResource(feature.leaseService),
        new EnvironmentResource(feature.environments),
        new EnvironmentVariableResource(feature.environmentVariables),
        new ProcessResource(feature.processes),
        new ProjectEnvVarResource(feature.projectVariables),
        new ProjectAppResource(feature.apps),
        new ProjectMemberResource(feature.members),
        new ProjectResource(feature.projects),
        new PromotionGraphResource(feature.graph),
        new RegistryCredentialResource(feature.registries),
        new ReleaseHookResource(feature.hooks),
        new RuntimeResource(feature.runtime),
        new SecretTemplateResource(feature.templates),
        new VolumeResource(feature.volumes));
    return feature;
  }
}
