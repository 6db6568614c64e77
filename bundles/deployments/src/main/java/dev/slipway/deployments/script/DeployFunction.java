package dev.slipway.deployments.script;

import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.script.ScriptCall;
import dev.slipway.api.spi.ScriptApi;
import dev.slipway.apps.Apps;
import dev.slipway.deployments.service.deployment.DeploymentRequest;
import dev.slipway.deployments.service.deployment.DeploymentService;
import java.util.Collections;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code api.actions.deploy(appId, {branch, commit, image, message})}. */
@Component(service = ScriptApi.class)
public final class DeployFunction implements ScriptApi {
  private final DeploymentService deployments;
  private final Apps apps;

  @Activate
  public DeployFunction(@Reference DeploymentService deployments, @Reference Apps apps) {
    this.deployments = deployments;
    this.apps = apps;
  }

  @Override
  public String name() {
    return "actions.deploy";
  }

  @Override
  public String summary() {
    return "Ships a new version of an app, from what its settings say where nothing else is.";
  }

  @Override
  public String arguments() {
    return """
        {"type":"array","minItems":1,"maxItems":2,"prefixItems":[{"title":"appId","type":"string","format":"uuid","minLength":36,"maxLength":36},{"title":"options","type":["object","null"],"additionalProperties":false,"properties":{"branch":{"type":"string","maxLength":200},"commit":{"type":"string","pattern":"^[0-9a-f]{7,40}$"},"image":{"type":"string","maxLength":512},"message":{"type":"string","maxLength":500}}}]}
        """;
  }

  @Override
  public String result() {
    return """
        {"type":"object","required":["deployment_id"],"properties":{"deployment_id":{"type":["string","null"]}}}
        """;
  }

  @Override
  public boolean effect(ScriptCall call) {
    return true;
  }

  @Override
  public String describe(ScriptCall call) {
    return "deploy app " + call.text(0);
  }

  @Override
  public Object call(ScriptCall call) {
    call.owner().require(Role.USER);
    var request =
        new DeploymentRequest(
            Arguments.option(call, "branch"),
            Arguments.option(call, "commit"),
            Arguments.option(call, "image"),
            Arguments.option(call, "message"),
            Map.of(),
            false,
            null,
            null);
    var deployment = deployments.deploy(call.owner(), Arguments.id(call, 0), request);
    return Map.of("deployment_id", deployment.id().toString());
  }

  @Override
  public Object dry(ScriptCall call) {
    apps.require(Scope.of(call.owner()), Arguments.id(call, 0));
    return Collections.singletonMap("deployment_id", null);
  }
}
