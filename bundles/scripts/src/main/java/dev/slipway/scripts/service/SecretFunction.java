package dev.slipway.scripts.service;

import dev.slipway.api.Scope;
import dev.slipway.api.script.ScriptCall;
import dev.slipway.api.spi.ScriptApi;
import dev.slipway.data.Database;
import dev.slipway.scripts.ScriptsError;
import dev.slipway.scripts.store.ScriptStore;
import java.util.Objects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code api.secret(name)}: one of the secrets that were given to the script. */
@Component(service = ScriptApi.class)
public final class SecretFunction implements ScriptApi {
  private final Database database;
  private final Tokens tokens;
  private final ScriptStore scripts;

  @Activate
  public SecretFunction(@Reference Database database, @Reference Tokens tokens) {
    this.database = database;
    this.tokens = tokens;
    scripts = new ScriptStore(database);
  }

  @Override
  public String name() {
    return "secret";
  }

  @Override
  public String summary() {
    return "Returns a secret that was given to the script; it is masked in all that is kept.";
  }

  @Override
  public String arguments() {
    return """
        {"type":"array","minItems":1,"maxItems":1,
          "prefixItems":[{"title":"name","type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_.-]{0,99}$"}]}
        """;
  }

  @Override
  public String result() {
    return "{\"type\":\"string\"}";
  }

  @Override
  public boolean effect(ScriptCall call) {
    return false;
  }

  @Override
  public Object call(ScriptCall call) {
    var name = Objects.requireNonNull(call.text(0));
    var sealed =
        database
            .read(Scope.tenant(call.tenantId()), () -> scripts.secret(call.scriptId(), name))
            .orElseThrow(() -> ScriptsError.SECRET_NOT_GRANTED.of(name));
    return tokens.open(call.tenantId(), call.scriptId(), name, sealed);
  }
}
