package dev.slipway.apps.resource.secret;

import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.SecretLeases.Holder;
import dev.slipway.apps.TemplateVariable.Generator;
import dev.slipway.apps.service.secret.RotationDraft;
import dev.slipway.apps.service.variable.EnvVarDraft;
import java.util.List;
import java.util.UUID;

/** A secret of an app in its second version, with a rule, which a deployment has. */
public record LeasedSecret(UUID id, UUID first, UUID lease) {
  public static LeasedSecret of(AppsPlatform feature, Caller owner, UUID app) {
    var draft = new EnvVarDraft("SESSION_KEY", "first", true, List.of(), null, List.of());
    var id = feature.variables.create(owner, app, draft).id();
    feature.rotations.rotate(owner, id, "not-the-first");
    feature.rotations.put(owner, id, new RotationDraft(Generator.HEX32, null, 30, null, true));
    feature.leases.take(Scope.of(owner), new Holder(owner.tenantId(), app, null, Ids.next()));
    return new LeasedSecret(
        id,
        feature.versions.list(owner, id).getLast().id(),
        feature.leaseService.list(owner, id, 1).getFirst().id());
  }
}
