using Grpc.Core;

namespace KioskLink.Demo.Script;

/// <summary>Says why a step did not hold, in words for the person who wrote it.</summary>
internal static class StepProblem
{
    /// <summary>The problem; null for what is no step's failure but a fault of the demo.</summary>
    public static string? Of(Exception e) => e switch
    {
        RpcException rpc => rpc.Status.Detail,
        TimeoutException or InvalidOperationException or ScriptException => e.Message,
        OperationCanceledException => "interrupted",
        _ => null,
    };
}
