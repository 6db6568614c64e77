package dev.slipway.store;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.List;
import org.apache.ibatis.annotations.Param;

public interface ThingMapper extends TableMapper<Thing> {
  Table TABLE = Table.of("toy_thing", "id", "version", "tenant_id", "name", "kind", "tags", "at");

  List<Thing> everything();

  List<Thing> named(@Param("name") String name);

  int secrets();
}
