using System.Text.Json.Nodes;
using KioskLink.Devices.Profiles;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests;

public class ProfileSchemaTests
{
    public static TheoryData<string> Profiles =>
        [.. Directory.GetFiles(Path.Combine(SolutionRoot.Path, "hardware"), "profile.json", SearchOption.AllDirectories)];

    [Fact]
    public async Task The_schema_of_a_profile_says_what_a_node_reads()
    {
        var (file, schema) = await ConfigSchema.CompareAsync("hardware/profile.schema.json", typeof(DeviceProfile), ProfileFile.Format, "KioskLink device profile");

        Assert.True(file == schema, "hardware/profile.schema.json lags behind: run this test once with KIOSKLINK_WRITE_SCHEMAS=1.");
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task A_shipped_profile_names_the_schema_and_uses_no_key_that_the_schema_lacks(string path)
    {
        var schema = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(SolutionRoot.Path, "hardware", "profile.schema.json")))!;
        var profile = JsonNode.Parse(await File.ReadAllTextAsync(path))!.AsObject();

        Assert.Equal("../../profile.schema.json", (string?)profile["$schema"]);
        Assert.All(profile, property => Assert.NotNull(schema["properties"]![property.Key]));
    }
}
