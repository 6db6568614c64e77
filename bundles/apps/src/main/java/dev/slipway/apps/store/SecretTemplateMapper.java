package dev.slipway.apps.store;

import dev.slipway.apps.SecretTemplate;
import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.List;

/** Statements on {@code apps_secret_template}. */
public interface SecretTemplateMapper extends TableMapper<SecretTemplate> {
  Table TABLE =
      Table.of(
          "apps_secret_template",
          "id",
          "tenant_id",
          "name",
          "description",
          "variables",
          "created_by",
          "created_at");

  List<SecretTemplate> all();

  int count();
}
