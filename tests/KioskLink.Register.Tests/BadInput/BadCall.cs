using Google.Protobuf;
using Grpc.Core;

namespace KioskLink.Register.Tests.BadInput;

/// <summary>Who makes a call of the table.</summary>
internal enum BadCaller
{
    /// <summary>The administrator's certificate.</summary>
    Administrator,

    /// <summary>A node's certificate.</summary>
    Node,

    /// <summary>A camera viewer who is signed in.</summary>
    Viewer,

    /// <summary>A data-protection officer who is signed in.</summary>
    Officer,

    /// <summary>Somebody without a certificate.</summary>
    Nobody,
}

/// <summary>A call with an impossible value, and how it must be refused.</summary>
/// <param name="Call">Service and method.</param>
/// <param name="Request">The request.</param>
/// <param name="Code">The status.</param>
/// <param name="Word">What the refusal names: the field, or what is not there.</param>
/// <param name="By">Who calls.</param>
internal sealed record BadCall(string Call, IMessage Request, StatusCode Code, string Word, BadCaller By = BadCaller.Administrator)
{
    /// <summary>A field that is wrong.</summary>
    public static BadCall Wrong(string call, IMessage request, string field, BadCaller by = BadCaller.Administrator) =>
        new(call, request, StatusCode.InvalidArgument, $"`{field}`", by);

    /// <summary>Something that is not there.</summary>
    public static BadCall Missing(string call, IMessage request, string what) => new(call, request, StatusCode.NotFound, $"no such {what}");
}
