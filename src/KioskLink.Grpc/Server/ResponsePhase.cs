namespace Grpc.AspNetCore.Server;

/// <summary>Where the response of a call is.</summary>
internal enum ResponsePhase
{
    /// <summary>A message may be written or the call ended.</summary>
    Open,

    /// <summary>A message is being written.</summary>
    Writing,

    /// <summary>Somebody ends or has ended the call.</summary>
    Ended,
}
