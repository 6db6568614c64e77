package dev.slipway.deployments.script;

import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.script.ScriptCall;
import dev.slipway.api.spi.ScriptApi;
import dev.slipway.apps.Apps;
import dev.slipway.deployments.service.deployment.DeploymentService;
import java.util.Collections;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code api.actions.rollback(appId, {deployment_id, reason})}. */
@Component(service = ScriptApi.class)
public final class RollbackFunction implements ScriptApi {
  private final DeploymentService deployments;
  private final Apps apps;

  @Activate
  public RollbackFunction(@Reference DeploymentService deployments, @Reference Apps apps) {
    this.deployments = deployments;
    this.apps = apps;
  }

  @Override
  public String name() {
    return "actions.rollback";
  }

  @Override
  public String summary() {
    return "Brings an earlier version of an app back, the last one that was live where none is named.";
  }

  @Override
  public String arguments() {
    return """
        {"type":"array","minItems":1,"maxItems":2,"prefixItems":[{"title":"appId","type":"string","format":"uuid","minLength":36,"maxLength":36},{"title":"options","type":["object","null"],"additionalProperties":false,"properties":{"deployment_id":{"type":"string","format":"uuid","minLength":36,"maxLength":36},"reason":{"type":"string","maxLength":500}}}]}
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
    return "roll back app " + call.text(0);
  }

  @Override
  public Object call(ScriptCall call) {
    call.owner().require(Role.USER);
    var deployment =
        deployments.rollBack(
            call.owner(),
            Arguments.id(call, 0),
            null,
            Arguments.optionalId(call, "deployment_id"),
            Arguments.option(call, "reason"));
    return Map.of("deployment_id", deployment.id().toString());
  }

  @Override
  public Object dry(ScriptCall call) {
    apps.require(Scope.of(call.owner()), Arguments.id(call, 0));
    return Collections.singletonMap("deployment_id", null);
  }
}
