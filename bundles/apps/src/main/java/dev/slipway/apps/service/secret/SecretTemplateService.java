package dev.slipway.apps.service.secret;

import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.api.security.Secrets;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.AppsEvent;
import dev.slipway.apps.SecretTemplate;
import dev.slipway.apps.TemplateVariable;
import dev.slipway.apps.store.SecretTemplateStore;
import dev.slipway.data.ConstraintViolation;
import dev.slipway.data.Database;
import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Templates of variables for their users. */
@Component(service = SecretTemplateService.class)
public final class SecretTemplateService {
  // A list shows all of them with their variables.
  private static final int MAX_TEMPLATES = 200;

  private final Database database;
  private final Events events;
  private final Secrets secrets;
  private final SecretTemplateStore templates;

  /** Made by the component runtime. */
  @Activate
  public SecretTemplateService(
      @Reference Database database, @Reference Events events, @Reference Secrets secrets) {
    this.database = database;
    this.events = events;
    this.secrets = secrets;
    templates = new SecretTemplateStore(database);
  }

  /** Adds a template. */
  public SecretTemplate create(Caller caller, SecretTemplateDraft draft) {
    draft.check();
    return database.write(
        Scope.of(caller),
        () -> {
          if (templates.count() >= MAX_TEMPLATES) {
            throw AppsError.TOO_MANY_TEMPLATES.of(MAX_TEMPLATES);
          }
          var template = template(caller, draft);
          insert(template);
          events.publish(
              new AppsEvent.SecretTemplateCreated(
                  template.tenantId(), template.id(), template.name()));
          return template;
        });
  }

  private SecretTemplate template(Caller caller, SecretTemplateDraft draft) {
    var id = Ids.next();
    var tenantId = caller.tenantId();
    return SecretTemplate.of(
        id,
        tenantId,
        draft.name(),
        draft.description(),
        draft.variables().stream().map(each -> sealed(tenantId, id, each)).toList(),
        caller.userId(),
        Times.now());
  }

  private TemplateVariable sealed(UUID tenantId, UUID id, TemplateVariable variable) {
    var value = variable.defaultValue();
    if (value == null || !variable.isSecret()) {
      return variable;
    }
    return new TemplateVariable(
        variable.key(),
        variable.description(),
        secrets.seal(tenantId, SecretTemplate.place(id, variable.key()), value),
        true,
        variable.isRequired(),
        variable.generate());
  }

  private void insert(SecretTemplate template) {
    try {
      templates.insert(template);
    } catch (ConstraintViolation violation) {
      throw violation.constraint().equals("apps_secret_template_name")
          ? AppsError.TEMPLATE_NAME_TAKEN.at("name")
          : violation;
    }
  }

  /** The templates of the tenant in order of name. */
  public List<SecretTemplate> list(Caller caller) {
    return database.read(Scope.of(caller), templates::all);
  }

  /** One template. */
  public SecretTemplate get(Caller caller, UUID id) {
    return database.read(
        Scope.of(caller), () -> templates.find(id).orElseThrow(AppsError.TEMPLATE_NOT_FOUND::of));
  }

  /** Removes a template; variables that were made of it stay. */
  public void delete(Caller caller, UUID id) {
    database.run(
        Scope.of(caller),
        () -> {
          var template = templates.lock(id).orElseThrow(AppsError.TEMPLATE_NOT_FOUND::of);
          templates.delete(id);
          events.publish(
              new AppsEvent.SecretTemplateDeleted(template.tenantId(), id, template.name()));
        });
  }
}
