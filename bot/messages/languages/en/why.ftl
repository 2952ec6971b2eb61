## Why a digest came

button-why = Why?
