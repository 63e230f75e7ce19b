using Grpc.Core;

namespace KioskLink.Register.Tests;

/// <summary>Expects calls to be refused.</summary>
internal static class Refusals
{
    /// <summary>The call ends with a status whose message holds a word, such as the field's name.</summary>
    public static async Task RefusedAsync(StatusCode code, string word, Func<Task> call)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(code, refusal.StatusCode);
        Assert.Contains(word, refusal.Status.Detail, StringComparison.Ordinal);
    }
}
