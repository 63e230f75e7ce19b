namespace Grpc.AspNetCore.Server;

/// <summary>The client reset the stream or its connection broke while a request was read.</summary>
internal sealed class ClientGoneException(IOException cause) : OperationCanceledException("The client is gone.", cause);
