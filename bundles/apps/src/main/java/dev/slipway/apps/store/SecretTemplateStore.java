package dev.slipway.apps.store;

import dev.slipway.apps.SecretTemplate;
import dev.slipway.data.Database;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The templates of the current scope. */
public final class SecretTemplateStore {
  private final SecretTemplateMapper templates;

  public SecretTemplateStore(Database database) {
    templates = database.mapper(SecretTemplateMapper.class);
  }

  public Optional<SecretTemplate> find(UUID id) {
    return Optional.ofNullable(templates.find(id));
  }

  /** The template, which nobody else can change until the unit of work ends. */
  public Optional<SecretTemplate> lock(UUID id) {
    return Optional.ofNullable(templates.lock(id));
  }

  /** All of them in order of name. */
  public List<SecretTemplate> all() {
    return templates.all();
  }

  public int count() {
    return templates.count();
  }

  public void insert(SecretTemplate template) {
    templates.insert(template);
  }

  public void delete(UUID id) {
    templates.delete(id);
  }
}
