using KioskLink.Node.Hosting;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Hosting;

public class NodeSchemaTests
{
    [Fact]
    public async Task The_schema_of_node_json_says_what_the_node_reads()
    {
        var (file, schema) = await ConfigSchema.CompareAsync("src/KioskLink.Node/node.schema.json", typeof(NodeConfig), ConfigFile.Strict, "KioskLink node.json");

        Assert.True(file == schema, "src/KioskLink.Node/node.schema.json lags behind: run this test once with KIOSKLINK_WRITE_SCHEMAS=1.");
    }
}
