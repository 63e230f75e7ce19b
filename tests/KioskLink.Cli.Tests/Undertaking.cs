namespace KioskLink.Cli;

/// <summary>The undertaking of secrecy that the administrator of a test's register gives, as an operator does.</summary>
internal static class Undertaking
{
    public static async Task GiveAsync(params string[] there)
    {
        var read = await CommandLine.Run(["staff", "undertake", .. there]);
        var given = await CommandLine.Run(["staff", "undertake", (string)read.Json["version"]!, .. there]);
        Assert.Equal((0, 0, ""), (read.Code, given.Code, read.Errors + given.Errors));
    }
}
