using System.Security.Cryptography;
using System.Text;
using KioskLink.Node.Hosting;
using KioskLink.Node.Kiosk;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Kiosk;

public sealed class DeviceTokensTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("Bearer checkout-secret", "checkout")]
    [InlineData("bearer  checkout-secret ", "checkout")]
    [InlineData("Bearer pc-secret", "pc")]
    [InlineData("Bearer other", null)]
    [InlineData("Bearer ", null)]
    [InlineData("Basic checkout-secret", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Only_a_token_of_this_node_names_a_device(string? authorization, string? device)
    {
        var path = _folder.Write("tokens.json", $$"""
            { "checkout": { "sha256": "{{HashOf("checkout-secret")}}", "role": "self-check" }, "pc": { "sha256": "{{HashOf("pc-secret")}}", "role": "pc-booking" } }
            """);

        Assert.Equal(device, DeviceTokens.Read(path).DeviceOf(authorization)?.Id);
    }

    [Fact]
    public void R33_A_device_has_one_of_three_roles()
    {
        string File(string role) => $$"""{ "pc": { "sha256": "{{HashOf("pc-secret")}}", "role": "{{role}}" } }""";

        var device = DeviceTokens.Read(_folder.Write("tokens.json", File("pc-booking"))).DeviceOf("Bearer pc-secret");

        Assert.Equal(new KioskDevice("pc", Protos.Register.V1.DeviceRole.PcBooking), device);
        Assert.Contains("pc-booking", Assert.Throws<StartProblem>(() => DeviceTokens.Read(_folder.Write("tokens.json", File("printer")))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"HASH\"")]
    [InlineData("{ \"sha256\": \"HASH\" }")]
    [InlineData("{ \"sha256\": \"HASH\", \"role\": \"\" }")]
    [InlineData("{ \"sha256\": \"HASH\", \"role\": null }")]
    public void R33_A_token_without_a_role_does_not_start(string entry)
    {
        var path = _folder.Write("tokens.json", $$"""{ "pc": {{entry.Replace("HASH", HashOf("pc-secret"), StringComparison.Ordinal)}} }""");

        var problem = Assert.Throws<StartProblem>(() => DeviceTokens.Read(path));

        Assert.Contains("the role of pc must be one of door, self-check, pc-booking", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void R33_A_device_of_no_role_may_ask_nothing()
    {
        var device = new KioskDevice("pc", Protos.Register.V1.DeviceRole.Unspecified);

        Assert.False(device.Is([.. KioskDevice.Roles.Values]));
    }

    [Fact]
    public void Without_a_file_no_token_is_good() => Assert.Null(DeviceTokens.None.DeviceOf("Bearer anything"));

    [Theory]
    [InlineData("""{ "checkout": "checkout-secret" }""")]
    [InlineData("""{ "checkout": null }""")]
    [InlineData("""{ "checkout": { "role": "door" } }""")]
    [InlineData("[]")]
    [InlineData("nonsense")]
    public void A_file_that_holds_anything_but_hashes_stops_the_start_and_is_not_quoted(string content)
    {
        var path = _folder.Write("tokens.json", content);

        var problem = Assert.Throws<StartProblem>(() => DeviceTokens.Read(path));

        Assert.Contains(path, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
